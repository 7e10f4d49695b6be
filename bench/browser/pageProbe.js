// Runs in the page before its own scripts. Nothing of it is called unless the bench asks.

const events = []
new PerformanceObserver((list) => {
  for (const { name, duration } of list.getEntries()) if (name === 'keydown') events.push(duration)
}).observe({ type: 'event', durationThreshold: 16 })

/** The milliseconds from the next key or press to the first paint in which it is so. */
const timeUntil = (isSo) =>
  new Promise((resolve) => {
    const begin = ({ timeStamp }) => {
      for (const type of ['keydown', 'pointerdown']) removeEventListener(type, begin, true)
      const look = () => {
        if (!isSo()) return requestAnimationFrame(look)
        // It was so before this frame, which paints it after its callbacks; a message from one of them comes then.
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve(performance.now() - timeStamp)
        return port2.postMessage(null)
      }
      requestAnimationFrame(look)
    }
    for (const type of ['keydown', 'pointerdown']) addEventListener(type, begin, true)
  })

window.probe = {
  /** Set by `arm`: until `selector` is there. */
  measured: null,
  arm(selector) {
    this.measured = timeUntil(() => document.querySelector(selector))
  },

  /** Set by `armRows`: until a list has other rows, or as many more or fewer that it is of another height; `selector` is there by then at the latest. */
  changed: null,
  armRows(list, selector) {
    let hasChanged = false
    const observer = new MutationObserver(() => {
      hasChanged = true
      observer.disconnect()
    })
    observer.observe(document.querySelector(list), { childList: true, attributeFilter: ['style'] })
    this.changed = timeUntil(() => hasChanged || document.querySelector(selector))
  },

  takeEvents: () => events.splice(0),

  answerTimes: (method) =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.endsWith(`/api/${method}`))
      .map(({ duration }) => duration),
}
