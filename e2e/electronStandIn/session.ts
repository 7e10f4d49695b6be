import type { Wanted } from './messages.ts'
import { KnownEvents, strict } from './strict.ts'

export const sessionEvents = new KnownEvents(['will-download'])

type SessionPart = Pick<
  Electron.Session,
  'on' | 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
> & { webRequest: Pick<Electron.WebRequest, 'onBeforeRequest'> }

let permissionHandler: Parameters<SessionPart['setPermissionRequestHandler']>[0] = null
let checkHandler: Parameters<SessionPart['setPermissionCheckHandler']>[0] = null
let beforeRequest:
  | ((details: Electron.OnBeforeRequestListenerDetails, decide: (r: Electron.CallbackResponse) => void) => void)
  | null = null

const defaultSession: SessionPart = strict<SessionPart>('session.defaultSession', {
  on(event: string, listener: (...args: never[]) => void) {
    sessionEvents.on(event, listener)
    return defaultSession as Electron.Session
  },
  setPermissionRequestHandler(handler) {
    permissionHandler = handler
  },
  setPermissionCheckHandler(handler) {
    checkHandler = handler
  },
  setDevicePermissionHandler() {},
  webRequest: strict('webRequest', {
    onBeforeRequest(listener: unknown) {
      if (typeof listener !== 'function') throw new Error('The stand-in for Electron knows no filter of requests.')
      beforeRequest = listener as typeof beforeRequest
    },
  }),
})
export const session = strict('session', { defaultSession })

export function isLetThrough(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    if (!beforeRequest) resolve(true)
    else beforeRequest({ url } as Electron.OnBeforeRequestListenerDetails, ({ cancel }) => resolve(cancel !== true))
  })
}

/** Both ways in which a page is let have something; they must agree. */
export function decidePermission({
  permission,
  url,
  isTop,
}: Extract<Wanted, { type: 'permission' }>): Promise<boolean[]> {
  const { origin } = /^(?<origin>[a-z-]+:\/\/[^/]*)/.exec(url)?.groups ?? {}
  const checked = checkHandler?.(null, permission as never, origin ?? '', { isMainFrame: isTop } as never) ?? true
  return new Promise((resolve) => {
    const details = { isMainFrame: isTop, requestingUrl: url } as Electron.PermissionRequest
    permissionHandler?.(null as never, permission as never, (isGranted) => resolve([checked, isGranted]), details)
  })
}
