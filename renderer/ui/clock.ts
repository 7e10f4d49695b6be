import { useCallback, useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let now = Date.now()

/** Ticks each second for everybody who asks, and only while somebody does and the page can be seen. */
function update() {
  const shouldRun = listeners.size > 0 && document.visibilityState === 'visible'
  if (shouldRun && timer === undefined) {
    tick()
    timer = setInterval(tick, 1_000)
  } else if (!shouldRun && timer !== undefined) {
    clearInterval(timer)
    timer = undefined
  }
}

function tick() {
  now = Date.now()
  for (const listener of listeners) listener()
}

document.addEventListener('visibilitychange', update)

/** The time, renewed each second while `isRunning`; else of the last minute, as good as any for dates. */
export function useNow(isRunning: boolean): number {
  const subscribe = useCallback(
    (listener: () => void) => {
      if (!isRunning) return () => {}
      listeners.add(listener)
      update()
      return () => {
        listeners.delete(listener)
        update()
      }
    },
    [isRunning],
  )
  return useSyncExternalStore(subscribe, () => (isRunning ? now : Math.floor(Date.now() / 60_000) * 60_000))
}
