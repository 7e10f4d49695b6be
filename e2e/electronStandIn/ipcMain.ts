import type { Wanted } from './messages.ts'
import { strict } from './strict.ts'

type Invoked = (event: Electron.IpcMainInvokeEvent, ...args: never[]) => unknown
const invokeHandlers = new Map<string, Invoked>()
export const ipcMain: Pick<Electron.IpcMain, 'handle'> = strict('ipcMain', {
  handle(channel: string, listener: Invoked) {
    invokeHandlers.set(channel, listener)
  },
})

/** A call from a page. */
export function invoke({ channel, frame, args }: Extract<Wanted, { type: 'invoke' }>): unknown {
  const handler = invokeHandlers.get(channel)
  if (!handler) throw new Error(`No handler registered for '${channel}'`)
  const senderFrame = { url: frame.url, parent: frame.isTop ? null : {} }
  return handler({ senderFrame } as Electron.IpcMainInvokeEvent, ...(args as never[]))
}
