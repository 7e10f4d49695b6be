import type { Notification } from '../contract/api.ts'

/** What came to pass, for everybody who serves the app to a user. */
export function createNotifications() {
  const listeners = new Set<(notification: Notification) => void>()
  return {
    notify(notification: Notification): void {
      for (const listener of listeners) listener(notification)
    },
    onNotification(listener: (notification: Notification) => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
