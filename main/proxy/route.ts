import type { AccountMode } from '../../contract/domain/account.ts'
import type { Upstream } from '../../contract/domain/exchange.ts'

/** What a request proves to be allowed to do; it decides which upstream understands it. */
export type Credential = 'chatgpt' | 'apiKey' | 'placeholder' | 'none'

export interface Target {
  upstream: Upstream
  /** Path and query as the upstream gets them, the query to the byte. */
  path: string
  accountMode: AccountMode | null
}

export interface Address {
  token: string
  /** What follows the token, without the query. */
  path: string
  /** With its question mark, or empty. */
  query: string
}

/** Paths of auth.openai.com. */
const authPath = /^\/(oauth|oauth2|auth|api\/accounts|deviceauth|\.well-known)\/|^\/codex\/device$/

/** Null when the address is not one that a launch hands out, or when it tries to lead out of where it seems to go. */
export function readAddress(url: string): Address | null {
  const match = /^\/t\/([^/?#]+)(\/[^?#]*)(\?[^#]*)?$/.exec(url)
  if (!match) return null
  const [, token = '', path = '', query = ''] = match
  const isTricky = /\\|\/\/|%2e|%2f|%5c|%00|\/\.\.?(\/|$)/i.test(path)
  return isTricky ? null : { token, path, query }
}

/** The route table: null for anything that it does not know. */
export function findTarget({ path, query }: Address, credential: Credential): Target | null {
  if (path.startsWith('/v1/')) {
    switch (credential) {
      case 'apiKey':
      case 'placeholder':
        return { upstream: 'openai', path: path + query, accountMode: 'apiKey' }
      case 'chatgpt':
      case 'none':
        return {
          upstream: 'chatgpt',
          path: `/backend-api/codex${path.slice('/v1'.length)}${query}`,
          accountMode: credential === 'chatgpt' ? 'chatgpt' : null,
        }
    }
  }
  if (path.startsWith('/backend-api/')) return { upstream: 'chatgpt', path: path + query, accountMode: null }
  if (authPath.test(path)) return { upstream: 'auth', path: path + query, accountMode: null }
  return null
}

/** A ChatGPT login names its account; a key is known by its prefix, whatever else is a token of an account. */
export function readCredential(
  authorization: string | undefined,
  hasAccountId: boolean,
  placeholderKey: string | null,
): Credential {
  const bearer = /^Bearer +(.+)$/i.exec(authorization ?? '')?.[1]
  if (bearer === undefined) return 'none'
  if (placeholderKey !== null && bearer === placeholderKey) return 'placeholder'
  if (hasAccountId) return 'chatgpt'
  return bearer.startsWith('sk-') ? 'apiKey' : 'chatgpt'
}

/** Whether a request asks a model for something: these are the exchanges that are recorded. */
export function isModelCall(method: string, path: string): boolean {
  return method === 'POST' && path.startsWith('/v1/')
}
