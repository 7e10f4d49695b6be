import type { Notification } from '../contract/api.ts'
import { isAlive } from './codex/isAlive.ts'
import { createLaunches, type Launches } from './codex/launches.ts'
import { createLaunchSweeper } from './codex/launchSweeper.ts'
import type { Recorder } from './recorder/client.ts'

interface LaunchWiring {
  recorder: Pick<Recorder, 'liveLaunches' | 'launchStarted' | 'launchEnded'>
  notify(notification: Notification): void
  nextSeq(): number
}

/** The launches, which the recorder remembers over a restart, and the one who looks which of them are over. */
export function wireLaunches({ recorder, notify, nextSeq }: LaunchWiring) {
  const launches: Launches = createLaunches({
    restored: recorder.liveLaunches(),
    now: Date.now,
    isAlive,
    onStarted(record) {
      recorder.launchStarted(record)
      tell()
    },
    onEnded(id, at) {
      recorder.launchEnded(id, at)
      tell()
    },
  })
  function tell(): void {
    notify({ method: 'launch/updated', params: { ...launches.listOpen(), seq: nextSeq() } })
  }
  launches.sweep()
  return { launches, sweeper: createLaunchSweeper(launches.sweep) }
}
