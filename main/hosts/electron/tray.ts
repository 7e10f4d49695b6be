import { Menu, type MenuItemConstructorOptions, Tray } from 'electron'
import { trayImage } from './icons.ts'
import type { TrayAction, TrayEntry, TrayModel } from './trayModel.ts'

export interface TrayView {
  /** Does nothing while the model says the same: the menu of Linux flickers when it is set. */
  show(model: TrayModel): void
}

export function createTray(platform: NodeJS.Platform, run: (action: TrayAction) => void): TrayView {
  const tray = new Tray(trayImage('idle', platform))
  // macOS and Linux show the menu by themselves.
  if (platform === 'win32') tray.on('click', () => run({ do: 'show', route: null }))
  let shown: TrayModel | null = null
  return {
    show(model) {
      if (JSON.stringify(model) === JSON.stringify(shown)) return
      if (model.icon !== shown?.icon) tray.setImage(trayImage(model.icon, platform))
      tray.setToolTip(model.tooltip)
      tray.setContextMenu(Menu.buildFromTemplate(model.entries.map((entry) => toMenuItem(entry, run))))
      shown = model
    },
  }
}

function toMenuItem(entry: TrayEntry, run: (action: TrayAction) => void): MenuItemConstructorOptions {
  switch (entry.type) {
    case 'separator':
      return { type: 'separator' }
    case 'text':
      return { label: entry.label, enabled: false }
    case 'menu':
      return {
        label: entry.label,
        enabled: entry.isEnabled,
        submenu: entry.entries.map((inner) => toMenuItem(inner, run)),
      }
    case 'action': {
      const { label, sublabel, accelerator, isEnabled = true, action } = entry
      return {
        label,
        enabled: isEnabled,
        click: () => run(action),
        ...(sublabel !== undefined && { sublabel }),
        // To be seen; the keys work by the menu of the window, and the shortcut of the system by itself.
        ...(accelerator !== undefined && { accelerator, registerAccelerator: false }),
      }
    }
  }
}
