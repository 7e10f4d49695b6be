import type { Line } from './line.ts'

/** So often the line may be lost in a row before it is asked why: a restart is over by then. */
const patience = 3

/** Whether main tells what happens, and why not: a line that cannot be opened does not say so, but a plain call does. */
export function createConnection({ store, change, call }: Line) {
  let isOpen = false
  /** How often in a row it could not be opened. */
  let failures = 0

  /** It could not be opened even once. */
  async function explainSilence() {
    const reply = await call('app/status', {})
    if (reply.ok || store.getState().listing.state !== 'loading') return
    change((state) => ({ ...state, listing: { ...state.listing, state: 'failed', message: reply.error.message } }))
  }

  /** As when this page is not signed in any more. */
  async function askWhyAway() {
    const reply = await call('app/status', {})
    if (isOpen) return
    const awayReason = reply.ok || reply.error.code !== 'signedOut' ? null : reply.error.message
    change((state) => ({ ...state, awayReason }))
  }

  return {
    isOpen: () => isOpen,

    opened(): void {
      isOpen = true
      failures = 0
      change((state) => ({ ...state, openings: state.openings + 1, awayReason: null }))
    },

    lost(): void {
      isOpen = false
      failures += 1
      change((state) => ({ ...state, connection: 'reconnecting' }))
      if (store.getState().listing.state === 'loading') void explainSilence()
      if (failures >= patience) void askWhyAway()
    },
  }
}
