/**
 * Some workspaces must be served from an origin of their own. codex learns it from `wham/accounts/check` and would go there by
 * itself; behind the proxy it does not, so the proxy goes in its place.
 */
export interface WorkspaceRoute {
  /** Null: the usual ChatGPT upstream. */
  origin: string | null
  /** Sent as `x-openai-account-routing-override`; null for none. */
  override: string | null
}

export const accountsCheckPath = '/backend-api/wham/accounts/check'
const noConstraint = 'NO_CONSTRAINT'
const usualOrigin = 'https://chatgpt.com'

interface Account {
  id?: unknown
  account_id?: unknown
  account?: { account_id?: unknown } | null
  workspace_backend_origin?: unknown
  account_routing_override?: unknown
}

/**
 * What an answer of accounts/check says of each account, and the answer that codex gets: with `NO_CONSTRAINT` codex would take
 * the origin of its own configuration, which here is plain http, and refuse it; the real name of the same place it accepts.
 * An answer about one account is about who asked, `askerId`. Null when the body is not such an answer; it is then passed on as it is.
 */
export function readAccountsCheck(
  body: string,
  askerId: string | undefined,
): { routes: Map<string, WorkspaceRoute>; answer: string } | null {
  let answer: { accounts?: unknown }
  try {
    answer = JSON.parse(body)
  } catch {
    return null
  }
  const accounts = answer?.accounts
  if (typeof accounts !== 'object' || accounts === null) return null
  const routes = new Map<string, WorkspaceRoute>()
  const entries = Object.entries(accounts as Record<string, Account | null>)
  for (const [key, account] of entries) {
    if (typeof account !== 'object' || account === null) continue
    const route: WorkspaceRoute = {
      origin: readOrigin(account.workspace_backend_origin),
      override: readOverride(account.account_routing_override),
    }
    const only = entries.length === 1 ? askerId : undefined
    for (const id of [key, account.id, account.account_id, account.account?.account_id, only]) {
      if (typeof id === 'string') routes.set(id, route)
    }
  }
  // Replaced in the text, so that every other byte stays as it was.
  const rewritten = body.replace(/("workspace_backend_origin"\s*:\s*)"NO_CONSTRAINT"/g, `$1"${usualOrigin}"`)
  return { routes, answer: rewritten }
}

/** Any other origin than OpenAI's own would get the user's token, so it is ignored. */
function readOrigin(value: unknown): string | null {
  if (typeof value !== 'string' || value === noConstraint || !URL.canParse(value)) return null
  const url = new URL(value)
  const isOpenAi = /(^|\.)(chatgpt|openai)\.com$/.test(url.hostname)
  if (url.protocol !== 'https:' || !isOpenAi || url.port !== '' || url.username !== '' || url.origin === usualOrigin)
    return null
  return url.origin
}

function readOverride(value: unknown): string | null {
  return typeof value === 'string' && value !== noConstraint && /^[\w-]{1,64}$/.test(value) ? value : null
}
