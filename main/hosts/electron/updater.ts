import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Updater } from '../../updates/updates.ts'

/** The part of electron-updater that is used; the module itself is loaded at the first look. */
export interface UpdateEngine {
  autoDownload: boolean
  autoInstallOnAppQuit: boolean
  logger: unknown
  checkForUpdates(): Promise<{ isUpdateAvailable: boolean; updateInfo: { version: string } } | null>
  downloadUpdate(): Promise<unknown>
  quitAndInstall(): void
  on(event: 'download-progress', listener: (progress: { percent: number }) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  removeListener(event: 'download-progress', listener: (progress: { percent: number }) => void): unknown
}

export interface UpdaterOptions {
  /** `app.isPackaged` */
  isPackaged: boolean
  platform: NodeJS.Platform
  env: NodeJS.ProcessEnv
  /** `process.resourcesPath` */
  resourcesPath: string
  /** Ends everything as for any other end; resolves to false when the user would rather stay. */
  prepareQuit(): Promise<boolean>
  loadEngine?: () => Promise<UpdateEngine>
}

/** Fetches and replaces only when it is told to: the engine's own initiative is switched off. */
export function createUpdater(options: UpdaterOptions): Updater {
  const { prepareQuit, loadEngine = loadElectronUpdater } = options
  let loading: Promise<UpdateEngine> | null = null

  function engine(): Promise<UpdateEngine> {
    loading ??= loadEngine().then((loaded) => {
      loaded.autoDownload = false
      loaded.autoInstallOnAppQuit = false
      loaded.logger = null
      // Every call rejects with it too; without a listener it would end the process.
      loaded.on('error', () => {})
      return loaded
    })
    return loading
  }

  return {
    whyNot: findWhyNot(options),
    async check() {
      const result = await (await engine()).checkForUpdates()
      return result?.isUpdateAvailable ? result.updateInfo.version : null
    },
    async download(onProgress) {
      const loaded = await engine()
      const listener = ({ percent }: { percent: number }) => onProgress(percent)
      loaded.on('download-progress', listener)
      try {
        await loaded.downloadUpdate()
      } finally {
        loaded.removeListener('download-progress', listener)
      }
    },
    async install() {
      if (await prepareQuit()) (await engine()).quitAndInstall()
    },
  }
}

function findWhyNot({ isPackaged, platform, env, resourcesPath }: UpdaterOptions): string | null {
  if (!isPackaged) return 'This Tapedeck runs from its sources, and is updated with them.'
  if (platform === 'win32' && env.PORTABLE_EXECUTABLE_FILE) {
    return 'The portable Tapedeck does not replace itself. Fetch the new one, and put it in its place.'
  }
  // The installers for Debian and Fedora leave a word of where they put it; an AppImage tells where it lies.
  if (platform === 'linux' && !env.APPIMAGE && !existsSync(join(resourcesPath, 'package-type'))) {
    return 'This Tapedeck came without an installer, and is updated the way it came.'
  }
  return null
}

async function loadElectronUpdater(): Promise<UpdateEngine> {
  const module = await import('electron-updater')
  // Of a CommonJS module a getter is seen on its whole alone.
  return (module.default ?? module).autoUpdater as UpdateEngine
}
