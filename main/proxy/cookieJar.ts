import { CookieJar as ToughCookieJar } from 'tough-cookie'

/**
 * codex keeps Cloudflare's cookies for OpenAI's own hosts, and for no others; behind a proxy it would look like a stranger with
 * every request. So the proxy keeps them in its place: those alone, in memory, apart for each upstream.
 */
export interface CookieJar {
  /** The `cookie` header to send: what codex sent itself comes first and wins. Null for none. */
  headerFor(origin: string, path: string, own: string | undefined): string | null
  store(origin: string, path: string, setCookies: string[]): void
}

const cloudflares = /^(__cf|_cf|cf_)\w*=/

export function createCookieJar(): CookieJar {
  const jars = new Map<string, ToughCookieJar>()
  return {
    headerFor(origin, path, own) {
      const jar = jars.get(origin)
      if (!jar) return own ?? null
      const sentNames = new Set((own ?? '').split(/; */).map((pair) => pair.split('=')[0]))
      const kept = jar
        .getCookiesSync(origin + path)
        .filter((cookie) => !sentNames.has(cookie.key))
        .map((cookie) => cookie.cookieString())
      return [own, ...kept].filter(Boolean).join('; ') || null
    },
    store(origin, path, setCookies) {
      for (const text of setCookies) {
        if (!cloudflares.test(text)) continue
        const jar = jars.get(origin) ?? new ToughCookieJar()
        jars.set(origin, jar)
        jar.setCookieSync(text, origin + path, { ignoreError: true })
      }
    },
  }
}
