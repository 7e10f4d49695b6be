import { accountId, type Identities } from './identities.ts'
import { type Limits, toUsage } from './limits.ts'

export interface JsonAnswer {
  status: number
  body: object | null
}

export interface AccountState extends Limits {
  workspaceBackendOrigin: string
  accountRoutingOverride: string
}

/** The calls that codex makes beside those to the model, with a ChatGPT login. */
export function answerAccount(path: string, body: unknown, state: AccountState): JsonAnswer {
  switch (path.replace('/backend-api/', '')) {
    case 'wham/accounts/check':
      return ok({
        accounts: [
          {
            id: accountId,
            name: null,
            is_default: true,
            workspace_backend_origin: state.workspaceBackendOrigin,
            account_routing_override: state.accountRoutingOverride,
          },
        ],
        default_account_id: accountId,
        account_ordering: [accountId],
      })
    case 'wham/usage':
      return ok(toUsage(state))
    case 'wham/rate-limit-reset-credits':
      return ok({ credits: [], available_count: 0 })
    case 'wham/settings/user':
      return ok({ user_id: 'user-1' })
    case 'wham/security-setup':
      return ok({ notice: null })
    case 'wham/profiles/me':
      return ok({ profile: { username: 'ada', display_name: 'Ada' }, stats: { lifetime_tokens: 1_234_567 } })
    case 'ps/plugins/installed':
      return ok({ plugins: [], pagination: { next_page_token: null } })
    case 'ps/plugins/list':
      return ok({ plugins: [], pagination: { next_page_token: null } })
    case 'ps/plugins/suggested/codex':
      return ok({ enabled: true, plugins: [] })
    case 'ps/mcp':
      return answerApps(body)
    case 'codex/analytics-events/events':
      return ok({})
    default:
      return { status: 404, body: { detail: 'Not Found' } }
  }
}

/** An MCP server that offers nothing. */
function answerApps(body: unknown): JsonAnswer {
  const { id, method, params } = (body ?? {}) as { id?: unknown; method?: string; params?: Record<string, unknown> }
  if (id === undefined) return { status: 202, body: null }
  const reply = (result: object) => ok({ jsonrpc: '2.0', id, result })
  switch (method) {
    case 'initialize':
      return reply({
        protocolVersion: params?.protocolVersion,
        capabilities: { tools: {} },
        serverInfo: { name: 'apps', version: '1.0.0' },
      })
    case 'tools/list':
      return reply({ tools: [] })
    default:
      return ok({ jsonrpc: '2.0', id, error: { code: -32601, message: 'Method not found' } })
  }
}

/** The calls to auth.openai.com: refreshing a token, and taking one back. */
export function answerAuth(path: string, body: unknown, identities: Identities): JsonAnswer {
  const { refresh_token, token } = (body ?? {}) as Record<string, unknown>
  switch (path) {
    case '/oauth/revoke':
      identities.revoke(token)
      return ok({})
    case '/oauth/token': {
      const tokens = identities.refresh(refresh_token)
      if ('code' in tokens) return { status: 401, body: { error: { code: tokens.code, message: tokens.code } } }
      return ok(tokens)
    }
    default:
      return { status: 404, body: { error: 'not_found' } }
  }
}

const ok = (body: object): JsonAnswer => ({ status: 200, body })
