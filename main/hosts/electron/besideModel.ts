import type { TrayEntry, TrayModel } from './trayModel.ts'

/** True whatever that one does: it may be paused, or its codex a private one. */
export const besideTitle = 'A codex in a terminal has its own recorder'
export const besideDetail = 'Tapedeck takes over when that ends'

/** All that the tray shows beside a recorder that ends by itself. Where its page opens is the same everywhere, and so is the way out. */
export function besideModel(platform: NodeJS.Platform): TrayModel {
  const isWindows = platform === 'win32'
  const texts: TrayEntry[] = [
    { type: 'text', label: besideTitle },
    { type: 'text', label: besideDetail },
  ]
  const open: TrayEntry = {
    type: 'action',
    label: isWindows ? 'Open in browser' : 'Open in Browser',
    action: { do: 'show', route: null },
  }
  const quit: TrayEntry = {
    type: 'action',
    label: isWindows ? 'Exit' : 'Quit Tapedeck',
    ...(platform === 'darwin' && { accelerator: 'Command+Q' }),
    action: { do: 'quit' },
  }
  const separator: TrayEntry = { type: 'separator' }
  return {
    icon: 'idle',
    tooltip: `Tapedeck: ${besideTitle}. ${besideDetail}`,
    entries: isWindows ? [open, separator, ...texts, separator, quit] : [...texts, separator, open, separator, quit],
  }
}
