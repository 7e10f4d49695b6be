import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * Every page that the user has open, and every other user of this computer, can send requests to a loopback port. So a caller
 * is let in by what it knows (the API token, or the cookie that a one-time link gave), by where it thinks that it is (Host,
 * against DNS rebinding), and by which page speaks (Origin, against pages of others).
 */
export interface Caller {
  host: string | undefined
  origin: string | undefined
  authorization: string | undefined
  cookie: string | undefined
}

export type Admission = { ok: true } | { ok: false; status: 401 | 403; message: string }

/** A link is good for ten minutes and, as the server remembers its nonce, once. */
const linkLifeMs = 10 * 60_000

export function admit(caller: Caller, port: number, apiToken: string): Admission {
  if (!isOwnHost(caller.host, port))
    return refuse(403, 'This address is not served here. Use 127.0.0.1 or localhost, with the port of Tapedeck.')
  if (caller.origin !== undefined && !isOwnOrigin(caller.origin, port))
    return refuse(
      403,
      'A page of another site may not ask. Only the page of Tapedeck may, or a program with the API token.',
    )
  const bearer = /^Bearer (.+)$/i.exec(caller.authorization ?? '')?.[1]
  if (bearer !== undefined) {
    return isSame(bearer, apiToken)
      ? { ok: true }
      : refuse(401, 'The API token is wrong. `tapedeck serve --json` prints the right one.')
  }
  if (!hasCookie(caller.cookie, port, apiToken)) {
    return refuse(401, 'Open the link that `tapedeck serve` prints, or send the API token.')
  }
  // A cookie travels by itself, so a request that rides on one must name its page.
  if (caller.origin === undefined)
    return refuse(403, 'A request with a cookie must carry an Origin. Programs send the API token instead.')
  return { ok: true }
}

export function isOwnHost(host: string | undefined, port: number): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`
}

function isOwnOrigin(origin: string, port: number): boolean {
  return origin === `http://127.0.0.1:${port}` || origin === `http://localhost:${port}`
}

/** Derived, so that an open page stays signed in when the host starts again. The name tells ports apart: cookies do not. */
export function cookieFor(port: number, apiToken: string): { name: string; value: string } {
  return { name: `tapedeck_${port}`, value: sign(apiToken, 'cookie') }
}

export function hasCookie(header: string | undefined, port: number, apiToken: string): boolean {
  const { name, value } = cookieFor(port, apiToken)
  return (header ?? '').split(/; */).some((pair) => {
    const [key, ...rest] = pair.split('=')
    return key === name && isSame(rest.join('='), value)
  })
}

/** Whoever can read `instance.json` can make a link; nobody has to ask the server for one. */
export function mintLinkToken(apiToken: string, now: number): string {
  const claim = `${now + linkLifeMs}.${randomBytes(12).toString('hex')}`
  return `${claim}.${sign(apiToken, `link ${claim}`)}`
}

/** The token's nonce when it is genuine and fresh, else null. */
export function readLinkToken(token: string, apiToken: string, now: number): string | null {
  const [expiresAt, nonce, signature] = token.split('.')
  if (!expiresAt || !nonce || !signature) return null
  if (!isSame(signature, sign(apiToken, `link ${expiresAt}.${nonce}`))) return null
  return Number(expiresAt) > now ? nonce : null
}

function sign(apiToken: string, text: string): string {
  return createHmac('sha256', apiToken).update(text).digest('base64url')
}

function isSame(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}

function refuse(status: 401 | 403, message: string): Admission {
  return { ok: false, status, message }
}
