import { Notification } from 'electron'
import type { Notice } from './notificationsFor.ts'

/** Kept while they are shown: one that is collected forgets what a click on it does. */
const shown = new Set<Notification>()

export function showNotice({ title, body, route }: Notice, show: (route: string) => void): void {
  if (!Notification.isSupported()) return
  const notification = new Notification({ title, body })
  shown.add(notification)
  notification.on('click', () => show(route))
  notification.on('close', () => shown.delete(notification))
  notification.show()
}
