import type { MenuItemConstructorOptions } from 'electron'
import type { HostAction } from './runAction.ts'

/** The menu of the window: without it macOS knows no keys for copy, close or quit. The others show it on Alt. */
export function appMenu(platform: NodeJS.Platform, run: (action: HostAction) => void): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin'
  const settings: MenuItemConstructorOptions = {
    label: 'Settings…',
    accelerator: 'CommandOrControl+,',
    click: () => run({ do: 'show', route: '#/settings' }),
  }
  const newSession: MenuItemConstructorOptions = {
    label: 'New Codex Session…',
    accelerator: 'CommandOrControl+N',
    click: () => run({ do: 'newSession' }),
  }
  const quit: MenuItemConstructorOptions = {
    label: platform === 'win32' ? 'Exit' : 'Quit Tapedeck',
    accelerator: 'CommandOrControl+Q',
    click: () => run({ do: 'quit' }),
  }
  const own: MenuItemConstructorOptions = isMac
    ? {
        label: 'Tapedeck',
        submenu: [
          { role: 'about' },
          { type: 'separator' },
          settings,
          { type: 'separator' },
          { role: 'hide' },
          { role: 'hideOthers' },
          { role: 'unhide' },
          { type: 'separator' },
          quit,
        ],
      }
    : { label: 'File', submenu: [newSession, settings, { type: 'separator' }, { role: 'close' }, quit] }
  const session: MenuItemConstructorOptions[] = isMac ? [{ label: 'Session', submenu: [newSession] }] : []
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  }
  return [own, ...session, { role: 'editMenu' }, view, { role: 'windowMenu' }]
}
