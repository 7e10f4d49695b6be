import { createServer } from 'node:net'
import { eventually } from './tapedeck.ts'

/** Any that nothing else takes: whoever listens on it has its turn. */
const turnPort = 21_455

/**
 * Codex waits for the browser on one port of the computer, and sends away another one that waits there. So whatever signs in by
 * browser, or holds that port, does it one at a time.
 */
export async function withSignInPort<T>(use: () => Promise<T>): Promise<T> {
  const turn = createServer()
  const take = () =>
    new Promise<boolean>((resolve) => {
      turn.once('error', () => resolve(false))
      turn.listen(turnPort, '127.0.0.1', () => resolve(true))
    })
  await eventually(take, Boolean, 60_000)
  try {
    return await use()
  } finally {
    turn.close()
  }
}
