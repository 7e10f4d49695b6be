import { app, type Session } from 'electron'
import { isOwnPage, origin, scheme } from './origin.ts'

/** The page copies texts for its user; everything else that a browser can allow is denied. */
const allowedPermission = 'clipboard-sanitized-write'

/**
 * What no window of ours may do, whatever runs in it: leave its page, open another, embed one, ask for a permission, reach the network.
 * A link that wants out is given to `openOutside`.
 */
export function lockDownContents(openOutside: (url: string) => void): void {
  app.enableSandbox()
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-frame-navigate', (event) => event.preventDefault())
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      openOutside(url)
      return { action: 'deny' }
    })
  })
}

export function lockDownSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, decide, { isMainFrame, requestingUrl }) => {
    const isOwn = isOwnPage({ url: requestingUrl ?? '', parent: isMainFrame ? null : 'another frame' })
    decide(isOwn && permission === allowedPermission)
  })
  session.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin) =>
      permission === allowedPermission && requestingOrigin.replace(/\/$/, '') === origin,
  )
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !new RegExp(`^(${scheme}|devtools|data|blob):`).test(details.url) })
  })
}
