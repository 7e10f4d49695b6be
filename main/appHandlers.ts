import type { Recording } from '../contract/domain/recording.ts'
import { ReplyError } from '../contract/reply.ts'
import type { AppHost } from './appHost.ts'
import type { FoundCodex } from './codex/findCodex.ts'
import type { Launches } from './codex/launches.ts'
import { examine } from './doctor.ts'
import type { HandlersOf } from './handlers.ts'

export interface AppDependencies {
  version: string
  dataDir: string
  env: NodeJS.ProcessEnv
  host: AppHost
  proxyPort: number
  launches: Launches
  recording(): Recording
  findCodex(): Promise<FoundCodex>
  /** Rejects with what is wrong with the archive. */
  readArchive(): Promise<unknown>
  /** The path of codex in the user's settings. */
  codexSetting(): string | null
}

/** Tapedeck itself: how it is, and whether all that it needs is there. */
export function createAppHandlers({
  version,
  dataDir,
  env,
  host,
  proxyPort,
  launches,
  recording,
  findCodex,
  readArchive,
  codexSetting,
}: AppDependencies): HandlersOf<'app/status' | 'app/doctor'> {
  return {
    'app/status': async () => {
      const recorded = recording()
      launches.sweep()
      return {
        running: true,
        version,
        dataDir,
        host: host.describe(),
        proxy: { port: proxyPort, launches: launches.liveCount() },
        codex: { ...describeCodex(await findCodex()), isFromEnvironment: Boolean(env.TAPEDECK_CODEX) },
        ...recorded,
      }
    },
    'app/doctor': async () => {
      const { recorded, missed, total, rederived, damage } = recording()
      const archiveProblem = damage ?? (await readArchive().then(() => null, messageOf))
      const running = { port: proxyPort, recorded, missed, total, rederived, isSandboxed: host.describe().isSandboxed }
      return { findings: await examine({ dataDir, env, codex: codexSetting(), running, archiveProblem }) }
    },
  }
}

function describeCodex(found: FoundCodex) {
  return found.ok
    ? { path: found.path, version: found.version, message: null, isTested: found.isTested }
    : { path: null, version: null, message: found.message, isTested: false }
}

function messageOf(error: unknown): string {
  return error instanceof ReplyError ? error.message : 'The archive cannot be read; the log of Tapedeck tells why.'
}
