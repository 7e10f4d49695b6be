import { appEvents } from './appEvents.ts'
import { tell } from './pipe.ts'
import { KnownEvents, onlyKnown, preventable, strict } from './strict.ts'

const baseWindows: BaseWindow[] = []

/** A window without a page: here it hears when the session ends, and no more. */
export class BaseWindow extends KnownEvents {
  constructor(options: Electron.BaseWindowConstructorOptions) {
    super(['session-end'])
    onlyKnown('BaseWindow', options, ['show', 'skipTaskbar'])
    if (process.platform !== 'win32') throw new Error('Only Windows tells windows that the session ends.')
    baseWindows.push(this)
    // biome-ignore lint/correctness/noConstructorReturn: what the application holds is the strict one
    return strict('BaseWindow', this)
  }
}

const powerEvents = new KnownEvents(['shutdown'])
export const powerMonitor = strict('powerMonitor', {
  on(event: 'shutdown', listener: () => void) {
    if (process.platform === 'win32') throw new Error('Windows has no such event.')
    return powerEvents.on(event, listener)
  },
})

/** The system waits for the end of who prevents this, and asks once more; a quit that is prevented then is a refusal. */
export function shutDown(): void {
  const event = preventable({})
  powerEvents.emit('shutdown', event)
  const quitting = preventable({})
  appEvents.emit('before-quit', quitting)
  tell({ type: 'shutDown', isDelayed: event.defaultPrevented, isRefused: quitting.defaultPrevented })
}

/** As Windows does. */
export function endSession(): void {
  for (const window of baseWindows) window.emit('session-end', { reasons: ['shutdown'] })
}
