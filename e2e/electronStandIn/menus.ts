import type { ShownEntry } from './messages.ts'
import { nextId, tell } from './pipe.ts'
import { onlyKnown, strict } from './strict.ts'

const clicks = new Map<number, () => void>()
const knownEntryFields = [
  ...['label', 'sublabel', 'accelerator', 'registerAccelerator', 'enabled', 'click', 'submenu', 'type', 'role'],
]

function show(template: Electron.MenuItemConstructorOptions[]): ShownEntry[] {
  return template.map((item) => {
    onlyKnown('menu entry', item, knownEntryFields)
    const { label = item.role ?? '---', sublabel, accelerator, enabled = true, submenu, click } = item
    const id = nextId()
    if (click) clicks.set(id, click as () => void)
    return {
      id,
      label: label.replaceAll('&&', '&'),
      isEnabled: enabled && item.type !== 'separator',
      ...(sublabel !== undefined && { sublabel }),
      ...(accelerator !== undefined && { accelerator: String(accelerator) }),
      ...(Array.isArray(submenu) && { entries: show(submenu) }),
    }
  })
}

export class BuiltMenu {
  entries: ShownEntry[]
  constructor(template: Electron.MenuItemConstructorOptions[]) {
    this.entries = show(template)
  }
}
export const Menu = strict('Menu', {
  buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => new BuiltMenu(template),
  setApplicationMenu: (menu: BuiltMenu) => tell({ type: 'menu', entries: menu.entries }),
})

export function clickEntry(id: number): unknown {
  return clicks.get(id)?.()
}
