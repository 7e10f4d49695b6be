import { resolve } from 'node:path'
import { type NativeImage, nativeImage } from 'electron'
import type { TrayIcon } from './trayModel.ts'

/** Beside `out/`, in the sources as well as in the package. */
const resources = resolve(import.meta.dirname, '..', '..', 'resources')

/**
 * macOS colours a template image itself, for its bar. A file named `@2x` beside it is found by the system. Windows takes of an ICO the
 * picture that was drawn for the scale of its screen.
 */
export function trayImage(icon: TrayIcon, platform: NodeJS.Platform): NativeImage {
  const names: Partial<Record<NodeJS.Platform, string>> = { darwin: `${icon}Template.png`, win32: `${icon}.ico` }
  return nativeImage.createFromPath(resolve(resources, 'tray', names[platform] ?? `${icon}.png`))
}

/** For what has no icon of its own: a window of Linux, a notification. */
export function appImage(): NativeImage {
  return nativeImage.createFromPath(resolve(resources, 'icons', '512x512.png'))
}
