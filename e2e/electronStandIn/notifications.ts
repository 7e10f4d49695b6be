import { nextId, tell } from './pipe.ts'
import { KnownEvents, onlyKnown, strict } from './strict.ts'

const notifications = new Map<number, Notification>()
export class Notification extends KnownEvents implements Pick<Electron.Notification, 'show'> {
  static isSupported(): boolean {
    return true
  }
  options: Electron.NotificationConstructorOptions
  constructor(options: Electron.NotificationConstructorOptions) {
    super(['click', 'close'])
    onlyKnown('Notification', options, ['title', 'body'])
    this.options = options
    // biome-ignore lint/correctness/noConstructorReturn: what the application holds is the strict one
    return strict('Notification', this)
  }
  show(): void {
    const id = nextId()
    notifications.set(id, this)
    const { title = '', body = '' } = this.options
    tell({ type: 'notified', id, title, body })
  }
}

export function clickNotification(id: number): void {
  notifications.get(id)?.emit('click')
}
