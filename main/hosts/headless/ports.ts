import type { Settings } from '../../../contract/domain/settings.ts'
import { ReplyError } from '../../../contract/reply.ts'

/** Whoever set it so would find the page nowhere after the next start: the proxy takes its port first. */
export function refusePagePort({ proxyPort }: Partial<Settings>, apiPort: number | null): void {
  if (proxyPort === undefined || proxyPort === null || proxyPort !== apiPort) return
  throw new ReplyError(
    'badRequest',
    `Port ${proxyPort} is the one of Tapedeck’s page. Choose another one for the proxy.`,
  )
}

/** The same the other way round: a running codex may wait for the proxy where it was. */
export function refuseProxyPort(apiPort: number | undefined, proxyPort: number): void {
  if (apiPort === undefined || apiPort === 0 || apiPort !== proxyPort) return
  throw new ReplyError('badRequest', `Port ${apiPort} is the one of Tapedeck’s proxy. Choose another one for the page.`)
}
