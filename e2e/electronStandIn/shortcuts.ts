import { strict } from './strict.ts'

/** Keys that another program has. */
export const takenKeys = new Set(process.env.TAPEDECK_STAND_IN_TAKEN_KEYS?.split(' '))
const ownKeys = new Map<string, () => void>()
export const globalShortcut: Pick<Electron.GlobalShortcut, 'register' | 'unregister'> = strict('globalShortcut', {
  register(accelerator: string, callback: () => void) {
    if (takenKeys.has(accelerator) || ownKeys.has(accelerator)) return false
    ownKeys.set(accelerator, callback)
    return true
  },
  unregister(accelerator: string) {
    if (!ownKeys.delete(accelerator)) throw new Error(`${accelerator} was never registered.`)
  },
})

export function pressKeys(keys: string): unknown {
  return ownKeys.get(keys)?.()
}
