import type { Notification } from '../../contract/api.ts'
import { joinChanges } from '../../contract/domain/turnChange.ts'

export interface NotificationQueue {
  push(notification: Notification): void
  /** While paused everything is kept; resuming hands it over at the next frame. */
  pause(): void
  resume(): void
  /** Drops what waits. */
  clear(): void
}

/**
 * Hands notifications over at most once a frame, and of those about one thing only the newest; the changes of a turn become one.
 * A hidden page draws no frames: then the queue holds one entry a turn, however long that lasts.
 */
export function createNotificationQueue(
  schedule: (run: () => void) => void,
  handOver: (notifications: Notification[]) => void,
): NotificationQueue {
  const waiting = new Map<string, Notification>()
  let isScheduled = false
  let isPaused = false

  function wake() {
    if (isScheduled || isPaused || waiting.size === 0) return
    isScheduled = true
    schedule(() => {
      isScheduled = false
      if (isPaused) return
      const notifications = [...waiting.values()]
      waiting.clear()
      if (notifications.length > 0) handOver(notifications)
    })
  }

  return {
    push(notification) {
      const key = subjectOf(notification)
      const known = waiting.get(key)
      if (!known || known.params.seq < notification.params.seq) waiting.set(key, joined(known, notification))
      wake()
    },
    pause() {
      isPaused = true
    },
    resume() {
      isPaused = false
      wake()
    },
    clear: () => waiting.clear(),
  }
}

function joined(known: Notification | undefined, notification: Notification): Notification {
  if (known?.method !== 'turn/updated' || notification.method !== 'turn/updated') return notification
  const { change, seq } = notification.params
  return { method: 'turn/updated', params: { change: joinChanges(known.params.change, change), seq } }
}

function subjectOf({ method, params }: Notification): string {
  switch (method) {
    case 'session/updated':
      return `session ${params.session.id}`
    case 'session/deleted':
      return `session ${params.id}`
    case 'turn/updated':
      return `turn ${params.change.head.id}`
    default:
      return method
  }
}
