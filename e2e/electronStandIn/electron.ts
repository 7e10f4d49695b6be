/// <reference types="electron" />

/**
 * Electron as far as the application calls it, in a plain Node process. What a user would see or do goes over a pipe to the test:
 * its windows are pages of the test's browser, its menus, dialogs and notifications are told and clicked there.
 * The types are Electron's own, so that the compiler checks what is implemented here.
 */

import './wanted.ts'

export { app } from './app.ts'
export { clipboard, nativeTheme, screen, shell } from './desktop.ts'
export { dialog } from './dialogs.ts'
export { ipcMain } from './ipcMain.ts'
export { Menu } from './menus.ts'
export { Notification } from './notifications.ts'
export { protocol } from './protocol.ts'
export { session } from './session.ts'
export { globalShortcut } from './shortcuts.ts'
export { BaseWindow, powerMonitor } from './systemEnd.ts'
export { nativeImage, Tray } from './tray.ts'
export { BrowserWindow } from './windows.ts'
