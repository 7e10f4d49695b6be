import { ipcMain } from 'electron'
import { dispatch } from '../../dispatch.ts'
import type { Handlers } from '../../handlers.ts'
import { isOwnPage } from './origin.ts'

/** The one channel on which the page asks. */
export function answerCalls(
  handlers: Handlers,
  report: (error: unknown) => void,
  onAnswered: (method: unknown, isAnswered: boolean) => void,
): void {
  ipcMain.handle('api:call', async (event, method: unknown, params: unknown) => {
    if (!isOwnPage(event.senderFrame)) throw new Error('Not for this page.')
    const reply = await dispatch(handlers, method, params, report)
    onAnswered(method, reply.ok)
    return reply
  })
}
