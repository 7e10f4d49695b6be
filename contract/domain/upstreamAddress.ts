import type { Exchange } from './exchange.ts'

export const upstreamHosts = { chatgpt: 'chatgpt.com', openai: 'api.openai.com', auth: 'auth.openai.com' } as const

/** Where it went: codex asks Tapedeck for `/v1/…` whoever is signed in, and the route table says what that is for ChatGPT. */
export function upstreamPath({ upstream, path }: Pick<Exchange, 'upstream' | 'path'>): string {
  const own = upstream === 'chatgpt' ? path.replace(/^\/v1(?=\/|\?|$)/, '/backend-api/codex') : path
  return own.startsWith('/') ? own : `/${own}`
}
