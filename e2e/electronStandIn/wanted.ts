import { app, becomeReady, loginItem } from './app.ts'
import { appEvents } from './appEvents.ts'
import { decide } from './dialogs.ts'
import { download } from './downloads.ts'
import { invoke } from './ipcMain.ts'
import { clickEntry } from './menus.ts'
import type { Wanted } from './messages.ts'
import { clickNotification } from './notifications.ts'
import { tell } from './pipe.ts'
import { fetchFile } from './protocol.ts'
import { decidePermission } from './session.ts'
import { pressKeys, takenKeys } from './shortcuts.ts'
import { preventable } from './strict.ts'
import { endSession, shutDown } from './systemEnd.ts'
import { countTimers } from './timers.ts'
import { clickTray } from './tray.ts'
import { windows } from './windows.ts'

/** Does what the test wants, as a user, a page or the system would. */
function take(wanted: Wanted): unknown {
  switch (wanted.type) {
    case 'loaded': {
      const window = windows.get(wanted.window)
      window?.webContents.emit('did-finish-load')
      return window?.emit('ready-to-show')
    }
    case 'navigated':
      return windows
        .get(wanted.window)
        ?.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: wanted.isSameDocument })
    case 'gone':
      return windows
        .get(wanted.window)
        ?.webContents.emit('render-process-gone', {}, { reason: wanted.reason, exitCode: 1 })
    case 'wantsWindow': {
      const answer = windows
        .get(wanted.window)
        ?.webContents.openHandler?.({ url: wanted.url } as Electron.HandlerDetails)
      if (answer?.action !== 'deny') throw new Error('The stand-in for Electron opens no second window.')
      return
    }
    case 'wantsPage': {
      const event = preventable({ url: wanted.url, isMainFrame: true })
      windows.get(wanted.window)?.webContents.emit('will-frame-navigate', event)
      return !event.defaultPrevented
    }
    case 'close':
      return windows.get(wanted.window)?.userCloses()
    case 'focus':
      return windows.get(wanted.window)?.become({ isFocused: wanted.isFocused }, wanted.isFocused ? 'focus' : 'blur')
    case 'clickEntry':
      return clickEntry(wanted.id)
    case 'clickTray':
      return clickTray()
    case 'clickNotification':
      return clickNotification(wanted.id)
    case 'download':
      return download(wanted)
    case 'decide':
      return decide(wanted.dialog, wanted)
    case 'secondInstance':
      return appEvents.emit('second-instance', {}, wanted.argv, '/', null)
    case 'refuseLoginItem':
      loginItem.isRefused = true
      return
    case 'takeKeys':
      takenKeys.add(wanted.keys)
      return
    case 'pressKeys':
      return pressKeys(wanted.keys)
    case 'ready':
      return becomeReady()
    case 'openUrl':
      return appEvents.emit('open-url', preventable({}), wanted.url)
    case 'activate':
      return appEvents.emit('activate')
    case 'shutdown':
      return shutDown()
    case 'endSession':
      return endSession()
    case 'quit':
      return app.quit()
    case 'fetch':
      return fetchFile(wanted.url, wanted.method)
    case 'invoke':
      return invoke(wanted)
    case 'permission':
      return decidePermission(wanted)
    case 'countTimers':
      return countTimers()
  }
}

function obey(wanted: Wanted): void {
  const call = 'call' in wanted ? wanted.call : null
  new Promise((resolve) => resolve(take(wanted))).then(
    (value) => {
      if (call !== null) tell({ type: 'answer', call, value: value as never })
    },
    (error: Error) => {
      if (call === null) throw error
      tell({ type: 'answer', call, error: String(error) })
    },
  )
}

// What happens in Electron is a task of its own each, whose promises settle before the next one; messages that come
// over the pipe together are not.
process.on('message', (wanted: Wanted) => void setImmediate(obey, wanted))
// A test that is gone leaves nothing behind.
process.on('disconnect', () => process.exit(1))
