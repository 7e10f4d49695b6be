import type { IncomingMessage } from 'node:http'
import type { JsonAnswer } from './accountApi.ts'
import type { Identities } from './identities.ts'

/** Why this request is not let in: each upstream takes its own kind of credential alone. */
export function findRefusal(
  upstream: 'chatgpt' | 'openai',
  { headers }: IncomingMessage,
  identities: Identities,
): JsonAnswer | null {
  const bearer = headers.authorization?.replace(/^Bearer /, '') ?? ''
  switch (upstream) {
    case 'chatgpt':
      if (identities.isAccessToken(bearer)) return null
      return refuse('token_expired', 'The token is expired or none of ours.')
    case 'openai':
      if (identities.isApiKey(bearer)) return null
      if (identities.isAccessToken(bearer)) {
        return refuse('missing_scope', 'You have insufficient permissions: missing scope api.responses.write.')
      }
      return refuse('invalid_api_key', 'Incorrect API key provided.')
  }
}

function refuse(code: string, message: string): JsonAnswer {
  return { status: 401, body: { error: { code, type: 'invalid_request_error', message } } }
}
