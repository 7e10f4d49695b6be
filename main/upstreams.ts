import type { Upstream } from '../contract/domain/exchange.ts'

const origins: Record<Upstream, string> = {
  chatgpt: 'https://chatgpt.com',
  openai: 'https://api.openai.com',
  auth: 'https://auth.openai.com',
}

/**
 * The three origins, overridden by `TAPEDECK_UPSTREAM_CHATGPT`, `_OPENAI` and `_AUTH`. Throws with what to do when one is not
 * an origin, or is plain http to anywhere but this computer: tokens would cross the network in the clear.
 */
export function readUpstreams(env: NodeJS.ProcessEnv): Record<Upstream, string> {
  return {
    chatgpt: readOrigin(env, 'TAPEDECK_UPSTREAM_CHATGPT', origins.chatgpt),
    openai: readOrigin(env, 'TAPEDECK_UPSTREAM_OPENAI', origins.openai),
    auth: readOrigin(env, 'TAPEDECK_UPSTREAM_AUTH', origins.auth),
  }
}

function readOrigin(env: NodeJS.ProcessEnv, name: string, usual: string): string {
  const wish = env[name]
  if (!wish) return usual
  const url = URL.canParse(wish) ? new URL(wish) : null
  if (
    !url ||
    (url.protocol !== 'https:' && url.protocol !== 'http:') ||
    (url.pathname !== '/' && url.pathname !== '')
  ) {
    throw new Error(`${name} must be an origin such as ${usual}, without a path.`)
  }
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  if (url.protocol === 'http:' && !isLoopback) {
    throw new Error(`${name} must use https: plain http is for this computer's own addresses only.`)
  }
  return url.origin
}
