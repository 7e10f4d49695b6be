import { resolve } from 'node:path'
import { type NativeImage, nativeImage } from 'electron'
import type { TrayIcon } from './trayModel.ts'

/** Beside `out/`, in the sources as well as in the package. */
const resources = resolve(import.meta.dirname, '..', '..', 'resources')

/** macOS colours a template image itself, for its bar. A file named `@2x` beside it is found by the system. */
export function trayImage(icon: TrayIcon, platform: NodeJS.Platform): NativeImage {
  return nativeImage.createFromPath(resolve(resources, 'tray', `${icon}${platform === 'darwin' ? 'Template' : ''}.png`))
}

/** For what has no icon of its own: a window of Linux, a notification. */
export function appImage(): NativeImage {
  return nativeImage.createFromPath(resolve(resources, 'icons', '512x512.png'))
}
