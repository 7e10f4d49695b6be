/**
 * The window opens nothing itself: what leaves it goes to the user's browser, and only if it is a web address. The page shows captured
 * text, so all of them are asked about, but for OpenAI's own sign-in, which the user has just asked for.
 */
export function judgeLink(url: string, signInOrigin: string): 'open' | 'ask' | 'deny' {
  if (!URL.canParse(url)) return 'deny'
  const { protocol, origin, username, password } = new URL(url)
  // `https://chatgpt.com@evil.example/` is meant to be misread.
  if (username !== '' || password !== '') return 'deny'
  if (origin === signInOrigin) return 'open'
  return protocol === 'https:' ? 'ask' : 'deny'
}
