import { readFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import tls from 'node:tls'
import { isLoopback, pickProxies } from './chosenProxy.ts'

export interface Agents {
  /** How an origin is reached. Throws when `HTTPS_PROXY` is not an address. */
  for(origin: string): { target: URL; agent: http.Agent }
  close(): void
}

/** A connection that has rested for longer may be gone without our knowing; the next request would be lost on it. */
const restMs = 60_000
const keepAlive = { keepAlive: true, scheduling: 'lifo', maxFreeSockets: 64, timeout: restMs } as const

/**
 * Connections to the upstreams: kept alive, through `HTTPS_PROXY` but for `NO_PROXY`, trusting what Node trusts, what the
 * system trusts, and what codex is told to trust. This computer is reached through no proxy, and it alone by plain http.
 */
export function createAgents(env: NodeJS.ProcessEnv): Agents {
  const plain = new http.Agent(keepAlive)
  let trusted: string[] | null = null
  let direct: https.Agent | null = null
  let proxied: https.Agent | null = null
  const known = new Map<string, { target: URL; agent: http.Agent }>()

  function createSecure(proxyEnv: NodeJS.ProcessEnv | undefined) {
    // Reading the system's certificates takes a moment, and is not needed where there is no TLS.
    trusted ??= readTrusted(env)
    return new https.Agent({ ...keepAlive, ca: trusted, proxyEnv })
  }

  function agentFor({ protocol, hostname }: URL): http.Agent {
    if (protocol === 'http:') return plain
    if (isLoopback(hostname)) {
      direct ??= createSecure(undefined)
      return direct
    }
    proxied ??= createSecure(pickProxies(env))
    return proxied
  }

  return {
    for(origin) {
      let way = known.get(origin)
      if (!way) {
        const target = new URL(origin)
        way = { target, agent: agentFor(target) }
        known.set(origin, way)
      }
      return way
    },
    close() {
      plain.destroy()
      direct?.destroy()
      proxied?.destroy()
    },
  }
}

function readTrusted(env: NodeJS.ProcessEnv): string[] {
  return [
    ...new Set([
      ...tls.getCACertificates('default'),
      ...tls.getCACertificates('system'),
      ...readCertificates(env.CODEX_CA_CERTIFICATE || env.SSL_CERT_FILE),
    ]),
  ]
}

/** A file that cannot be read adds nothing: what is missing then is told by the connection that needs it. */
function readCertificates(file: string | undefined): string[] {
  try {
    return file
      ? (readFileSync(file, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [])
      : []
  } catch {
    return []
  }
}
