import type { MethodName, Notification, Params, Result } from '../../../contract/api.ts'
import { troubleOf } from '../../../contract/domain/recording.ts'
import { folderToGoOnIn } from '../../../contract/domain/session.ts'
import type { Reply } from '../../../contract/reply.ts'
import { applyNotification, type HostState, initialHostState, putSessions } from './hostState.ts'
import { type Notice, notificationsFor } from './notificationsFor.ts'

export type Call = <M extends MethodName>(method: M, params: Params<M>) => Promise<Reply<Result<M>>>

export interface FollowOptions {
  call: Call
  /** The folders of recent sessions, the newest first. */
  readFolders(): Promise<string[]>
  onState(state: HostState): void
  onNotice(notice: Notice): void
}

/** A turn that streams changes many times a second, and a menu does not have to. */
const pauseMs = 200

/** Keeps the state of the tray up to date. Between two notifications it does nothing at all. */
export function followApp({ call, readFolders, onState, onNotice }: FollowOptions) {
  let state: HostState = { ...initialHostState, since: Date.now() }
  let timer: NodeJS.Timeout | null = null
  let isReadingFolders = false

  function change(next: HostState): void {
    if (next === state) return
    const notices = notificationsFor(state, next)
    state = next
    for (const notice of notices) onNotice(notice)
    timer ??= setTimeout(() => {
      timer = null
      onState(state)
    }, pauseMs)
  }

  /** Again when the newest session is somewhere else. */
  async function refreshFolders(): Promise<void> {
    const [last] = state.sessions
    const newest = last && folderToGoOnIn(last)
    if (!newest || newest === state.folders[0] || isReadingFolders) return
    isReadingFolders = true
    const folders = await readFolders()
    isReadingFolders = false
    if (folders.join('\n') !== state.folders.join('\n')) change({ ...state, folders })
  }

  return {
    state: () => state,
    take(notification: Notification): void {
      change(applyNotification(state, notification))
      if (notification.method === 'session/updated') void refreshFolders()
    },
    setWindow(window: HostState['window']): void {
      if (window !== state.window) change({ ...state, window })
    },
    /** What was before the first notification. Codex is asked who is signed in, which takes a while. */
    async start(): Promise<void> {
      // By itself, so that no notification comes between the answer and its use.
      const launches = await call('launch/list', {})
      if (launches.ok) change({ ...state, privateCount: launches.value.privateCount })
      const [status, list] = await Promise.all([call('app/status', {}), call('session/list', { limit: 50 })])
      if (status.ok)
        change({ ...state, isPaused: status.value.isPaused, trouble: troubleOf(status.value)?.title ?? null })
      if (list.ok) change(putSessions(state, list.value.sessions))
      onState(state)
      void refreshFolders()
      const account = await call('account/read', {})
      if (account.ok) {
        const told = account.value.status
        change(applyNotification(state, { method: 'account/updated', params: { status: told, seq: told.seq } }))
      }
    },
    stop(): void {
      if (timer) clearTimeout(timer)
    },
  }
}
