import { tell } from './pipe.ts'
import { strict } from './strict.ts'

export const shell: Pick<Electron.Shell, 'openExternal'> = strict('shell', {
  openExternal: async (url: string) => tell({ type: 'opened', url }),
})
export const clipboard: Pick<Electron.Clipboard, 'writeText'> = strict('clipboard', {
  writeText: async (text: string) => tell({ type: 'copied', text }),
})
export const nativeTheme: Pick<Electron.NativeTheme, 'shouldUseDarkColors' | 'themeSource'> = strict('nativeTheme', {
  shouldUseDarkColors: false,
  themeSource: 'system' as const,
})
export const screen = strict('screen', {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1440, height: 900 } }] as Electron.Display[],
})
