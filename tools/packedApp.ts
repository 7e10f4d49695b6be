import { join } from 'node:path'

/** Where electron-builder leaves the program of an application that it has packed for this platform, under its output folder. */
export function locatePackedApp(platform: NodeJS.Platform, arch: string): string {
  const suffix = arch === 'x64' ? '' : `-${arch}`
  switch (platform) {
    case 'darwin':
      return join(`mac${suffix}`, 'Tapedeck.app', 'Contents', 'MacOS', 'Tapedeck')
    case 'win32':
      return join(`win${suffix}-unpacked`, 'Tapedeck.exe')
    default:
      return join(`linux${suffix}-unpacked`, 'tapedeck-desktop')
  }
}
