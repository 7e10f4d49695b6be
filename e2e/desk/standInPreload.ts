import { readFileSync } from 'node:fs'

/** Defined by the script below, in the page. */
declare function window_(channel: string, args: unknown[]): void

/** In the page: what the application sent is heard there. */
export const hear = ([channel, args]: readonly [string, unknown[]]) => window_(channel, args)

/** The real preload, between an `ipcRenderer` and a `contextBridge` that are as much of Electron's as it uses. */
export function preloadScript(preload: string): string {
  return `(() => {
    if (window !== window.top) return
    const invoke = window.standInCall
    delete window.standInCall
    const listeners = new Map()
    window.window_ = (channel, args) => { for (const listener of listeners.get(channel) ?? []) listener({}, ...args) }
    const known = (name, part) => new Proxy(part, {
      get(target, property) {
        if (!(property in target)) throw new Error('The stand-in for Electron has no ' + name + '.' + String(property))
        return target[property]
      },
    })
    const electron = known('electron', {
      ipcRenderer: known('ipcRenderer', {
        invoke: (channel, ...args) => invoke(channel, args),
        on: (channel, listener) => listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
        off: (channel, listener) => listeners.set(channel, (listeners.get(channel) ?? []).filter((one) => one !== listener)),
      }),
      contextBridge: known('contextBridge', {
        exposeInMainWorld: (name, api) => Object.defineProperty(window, name, { value: Object.freeze(api) }),
      }),
    })
    const require = (name) => {
      if (name !== 'electron') throw new Error('A sandboxed preload has no module ' + name)
      return electron
    }
    const run = function (require, module, exports) {
      ${readFileSync(preload, 'utf8')}
    }
    run(require, { exports: {} }, {})
  })()`
}
