import { createHook } from 'node:async_hooks'

/** Of all threads of the application this one alone has timers of ours that nobody waits for. */
let firedTimers = 0
const timers = new Set<number>()
createHook({
  init(id, type) {
    if (type === 'Timeout') timers.add(id)
  },
  before(id) {
    if (timers.has(id)) firedTimers += 1
  },
  destroy(id) {
    timers.delete(id)
  },
}).enable()

export const countTimers = () => firedTimers
