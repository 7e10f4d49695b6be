import { hash, randomBytes } from 'node:crypto'
import type { OpenLaunches } from '../../contract/api.ts'
import type { LaunchCredential } from '../../contract/domain/account.ts'

/** What outlives the process: enough to let a codex that still runs back in, and the token only as a hash. */
export interface LaunchRecord {
  id: string
  tokenHash: string
  credential: LaunchCredential
  /** Codex's subcommand, if it is one that matters here. The rest may hold a prompt, which is to be in the conversation alone. */
  args: string[]
  startedAt: number
  /** The codex process, once it is known. */
  pid: number | null
  /** Nothing of it is recorded. */
  isPrivate: boolean
}

/** Stands for the API key in a codex that has no login of its own; the proxy replaces it. It opens nothing by itself. */
export const placeholderKey = 'tapedeck-key-from-the-keychain'

/** After its end a launch still answers for a minute: codex sends its last analytics and refreshes then. */
export const graceMs = 60_000

export interface LaunchWish {
  cwd: string
  args: string[]
  credential: LaunchCredential
  isPrivate?: boolean
}

/** What the proxy has to know of the launch that a path token belongs to. */
export interface AuthorizedLaunch {
  launchId: string
  credential: LaunchCredential
  isPrivate: boolean
  placeholderKey: string | null
}

export interface LaunchesOptions {
  restored: LaunchRecord[]
  now(): number
  isAlive(pid: number): boolean
  onStarted(record: LaunchRecord): void
  onEnded(id: string, at: number): void
}

export type Launches = ReturnType<typeof createLaunches>

/**
 * The launches whose path token opens the proxy. They are found by the token's hash, so that the time an answer takes tells
 * nothing of a token, and so that none is written anywhere.
 */
export function createLaunches(options: LaunchesOptions) {
  const byHash = new Map<string, LaunchRecord & { endedAt: number | null }>()
  for (const record of options.restored) byHash.set(record.tokenHash, { ...record, endedAt: null })

  function find(id: string) {
    return [...byHash.values()].find((launch) => launch.id === id && launch.endedAt === null)
  }

  function end(id: string): boolean {
    const launch = find(id)
    if (!launch) return false
    launch.endedAt = options.now()
    options.onEnded(id, launch.endedAt)
    return true
  }

  return {
    open(wish: LaunchWish): { id: string; pathToken: string } {
      const pathToken = randomBytes(16).toString('hex')
      const record: LaunchRecord = {
        id: randomBytes(8).toString('hex'),
        tokenHash: hashOf(pathToken),
        ...keptOf(wish),
        startedAt: options.now(),
        pid: null,
      }
      byHash.set(record.tokenHash, { ...record, endedAt: null })
      options.onStarted(record)
      return { id: record.id, pathToken }
    },

    started(id: string, pid: number): boolean {
      const launch = find(id)
      if (!launch) return false
      launch.pid = pid
      options.onStarted(launch)
      return true
    },

    end,

    /** Ends the launches whose codex is gone without a word, as after a `kill -9` of what started it. */
    sweep(): void {
      for (const launch of [...byHash.values()]) {
        if (launch.endedAt !== null) {
          if (options.now() - launch.endedAt > graceMs) byHash.delete(launch.tokenHash)
        } else if (launch.pid === null ? options.now() - launch.startedAt > graceMs : !options.isAlive(launch.pid)) {
          end(launch.id)
        }
      }
    },

    authorize(token: string): AuthorizedLaunch | null {
      const launch = byHash.get(hashOf(token))
      if (!launch) return null
      if (launch.endedAt !== null && options.now() - launch.endedAt > graceMs) return null
      const { id: launchId, credential, isPrivate } = launch
      return { launchId, credential, isPrivate, placeholderKey: credential === 'codexLogin' ? null : placeholderKey }
    },

    /** The ids are those in which a user can go on: `codex exec` ends with its turn, and Tapedeck's own has no user. */
    listOpen(): OpenLaunches {
      const open = [...byHash.values()].filter(({ endedAt }) => endedAt === null)
      return {
        ids: open.filter(({ args }) => args[0] !== 'app-server' && !args.includes('exec')).map(({ id }) => id),
        privateCount: open.filter(({ isPrivate }) => isPrivate).length,
      }
    },

    /** Of the codexes that the user started; the one that Tapedeck asks about the account is none of them. */
    liveCount(): number {
      return [...byHash.values()].filter(({ endedAt, args }) => endedAt === null && args[0] !== 'app-server').length
    },
  }
}

function keptOf({ args, credential, isPrivate = false }: LaunchWish) {
  return {
    args: args[0] === 'app-server' ? ['app-server'] : args.includes('exec') ? ['exec'] : [],
    credential,
    isPrivate,
  }
}

function hashOf(token: string): string {
  return hash('sha256', token)
}
