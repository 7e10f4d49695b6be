import { BaseWindow, type Event, powerMonitor } from 'electron'

/**
 * Calls `end` when the computer shuts down or its user logs out. Every end that this tells of is followed by that of the application,
 * also where another program then stops the shutdown. A quit from the dock of macOS is not among them, since Electron 10.
 */
export function onSystemEnd(platform: NodeJS.Platform, end: () => void): void {
  if (platform !== 'win32') {
    // Electron's types leave the event out, which its documentation has: preventing it asks the system to wait for our end.
    powerMonitor.on('shutdown', (...events: unknown[]) => {
      const [event] = events as [Event]
      event.preventDefault()
      end()
    })
    return
  }
  // Windows tells windows alone, and the one with the page is made when it is first wanted. This one is never seen, and has no page.
  const listener = new BaseWindow({ show: false, skipTaskbar: true })
  listener.on('session-end', end)
}
