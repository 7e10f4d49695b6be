// Runs in the page before its own scripts. Nothing of it is called unless the bench asks.

const events = []
new PerformanceObserver((list) => {
  for (const { name, duration } of list.getEntries()) if (name === 'keydown') events.push(duration)
}).observe({ type: 'event', durationThreshold: 16 })

window.probe = {
  /** Set by `arm`: the milliseconds from the next key or press to the first paint in which `selector` is there. */
  measured: null,

  arm(selector) {
    this.measured = new Promise((resolve) => {
      const begin = ({ timeStamp }) => {
        for (const type of ['keydown', 'pointerdown']) removeEventListener(type, begin, true)
        const look = () => {
          if (!document.querySelector(selector)) return requestAnimationFrame(look)
          // It was there before this frame, which paints it after its callbacks; a message from one of them comes then.
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => resolve(performance.now() - timeStamp)
          return port2.postMessage(null)
        }
        requestAnimationFrame(look)
      }
      for (const type of ['keydown', 'pointerdown']) addEventListener(type, begin, true)
    })
  },

  takeEvents: () => events.splice(0),

  answerTimes: (method) =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.endsWith(`/api/${method}`))
      .map(({ duration }) => duration),
}
