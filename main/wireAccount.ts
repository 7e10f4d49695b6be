import type { AccountStatus, ApiKey } from '../contract/domain/account.ts'
import type { Limits } from '../contract/domain/limits.ts'
import { type AccountView, createAccount } from './account/account.ts'
import { codexHomeOf } from './account/authFile.ts'
import { NoCodex } from './account/codexServer.ts'
import { startAppServer } from './codex/appServer.ts'
import { buildLaunch } from './codex/buildLaunch.ts'
import type { FoundCodex } from './codex/findCodex.ts'
import { type Launches, placeholderKey } from './codex/launches.ts'

export interface AccountWiring {
  env: NodeJS.ProcessEnv
  version: string
  dataDir: string
  launches: Launches
  proxyPort: number
  findCodex(): Promise<FoundCodex>
  apiKey(): ApiKey
  usesKeyAlways(): boolean
  nextSeq(): number
  onUpdated(status: AccountStatus): void
  onLimits(limits: Limits): void
  report(error: unknown): void
}

/** The account's view of a codex that is a launch of its own: what it says to OpenAI, renewals among it, goes through the proxy. */
export function wireAccount(wiring: AccountWiring): AccountView {
  const { env, version, dataDir, launches, proxyPort } = wiring
  return createAccount({
    codexHome: codexHomeOf(env),
    apiKey: wiring.apiKey,
    onUpdated: wiring.onUpdated,
    onLimits: wiring.onLimits,
    report: wiring.report,
    now: Date.now,
    nextSeq: wiring.nextSeq,
    usesKeyAlways: wiring.usesKeyAlways,
    async startServer() {
      const codex = await wiring.findCodex()
      if (!codex.ok) throw new NoCodex(codex.message)
      const args = ['app-server']
      const { id, pathToken } = launches.open({ cwd: dataDir, args, credential: 'codexLogin' })
      const plan = { codexPath: codex.path, args, cwd: dataDir, env, proxyPort, token: pathToken }
      const command = buildLaunch({ ...plan, credential: 'codexLogin', placeholderKey })
      try {
        const server = await startAppServer(command, version)
        launches.started(id, server.pid)
        void server.ended.then(() => launches.end(id))
        return server
      } catch (error) {
        launches.end(id)
        throw error
      }
    },
  })
}
