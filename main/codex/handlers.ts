import { ReplyError } from '../../contract/reply.ts'
import type { HandlersOf } from '../handlers.ts'
import type { Launches } from './launches.ts'

export interface LaunchDependencies {
  launches: Launches
  proxyPort: number
  /** The API key that the proxy puts in where a launch wants it. */
  apiKey: { start(): Promise<void>; current(): string | null }
  /** Resolves once what was recorded until now can be read. */
  stored(): Promise<void>
  nextSeq(): number
}

/** Launches, for whoever starts codex: this process's terminals, or a `tapedeck codex` of its own. */
export function createLaunchHandlers({
  launches,
  proxyPort,
  apiKey,
  stored,
  nextSeq,
}: LaunchDependencies): HandlersOf<'launch/list' | 'launch/create' | 'launch/started' | 'launch/end'> {
  return {
    'launch/list': () => {
      launches.sweep()
      return { ...launches.listOpen(), seq: nextSeq() }
    },
    'launch/create': async ({ cwd, args, credential, isPrivate }) => {
      if (credential !== 'codexLogin') {
        await apiKey.start()
        if (apiKey.current() === null) {
          throw new ReplyError(
            'unavailable',
            'The Tapedeck that is running has no API key to put in. Give it one with `tapedeck auth key set`.',
          )
        }
      }
      launches.sweep()
      return { launch: { ...launches.open({ cwd, args, credential, isPrivate }), proxyPort, isPrivate } }
    },
    'launch/started': ({ id, pid }) => {
      if (!launches.started(id, pid)) throw noLaunch(id)
      return {}
    },
    'launch/end': async ({ id }) => {
      if (!launches.end(id)) throw noLaunch(id)
      // Who has waited for codex to end may look for what it said right away.
      await stored()
      return {}
    },
  }
}

function noLaunch(id: string) {
  return new ReplyError('notFound', `There is no running launch ${id}. It ended, or Tapedeck was never told of it.`)
}
