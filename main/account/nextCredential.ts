import type { Account, ApiKey, NextCredential } from '../../contract/domain/account.ts'

/** The chain: codex's own login, then the key that Tapedeck keeps, then nothing; or that key before all, if the user wants it so. */
export function chooseCredential(account: Account, apiKey: ApiKey, usesKeyAlways: boolean): NextCredential {
  const hasKey = apiKey.state === 'stored' || apiKey.state === 'inMemory'
  if (usesKeyAlways && hasKey) {
    return { use: 'storedKey', why: 'You chose to use the key that Tapedeck keeps for every session.' }
  }
  switch (account.state) {
    case 'asking':
      return { use: 'chatgpt', why: 'Codex is being asked who is signed in.' }
    case 'chatgpt':
      return { use: 'chatgpt', why: 'Codex is signed in with ChatGPT, and its own login comes first.' }
    case 'apiKey':
      return { use: 'apiKey', why: 'Codex is signed in with an API key of its own.' }
    case 'broken':
      return {
        use: 'chatgpt',
        why:
          account.problem === 'signedOutByServer'
            ? 'Codex has a sign-in that OpenAI does not accept any more. Sign in again.'
            : 'Codex could not say who is signed in, so its own login is tried.',
      }
    case 'nobody':
      return hasKey
        ? { use: 'storedKey', why: 'Codex is not signed in, so the key that Tapedeck keeps steps in.' }
        : { use: 'nothing', why: 'Codex is not signed in, and there is no key. Sign in, or give Tapedeck an API key.' }
  }
}
