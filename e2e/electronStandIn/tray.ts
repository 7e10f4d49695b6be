import { basename } from 'node:path'
import type { BuiltMenu } from './menus.ts'
import type { ShownEntry } from './messages.ts'
import { tell } from './pipe.ts'
import { KnownEvents, strict } from './strict.ts'

class StandInImage {
  file: string
  constructor(file: string) {
    this.file = file
  }
}
export const nativeImage = strict('nativeImage', { createFromPath: (file: string) => new StandInImage(file) })

let click = () => {}
/** As its user does. */
export const clickTray = () => click()

export class Tray extends KnownEvents {
  shown = { image: '', tooltip: '', entries: [] as ShownEntry[] }
  constructor(image: StandInImage) {
    super(['click'])
    this.shown.image = basename(image.file)
    click = () => this.emit('click')
    // biome-ignore lint/correctness/noConstructorReturn: what the application holds is the strict one
    return strict('Tray', this)
  }
  setImage(image: StandInImage): void {
    this.shown.image = basename(image.file)
  }
  setToolTip(tooltip: string): void {
    this.shown.tooltip = tooltip
  }
  setContextMenu(menu: BuiltMenu): void {
    this.shown.entries = menu.entries
    tell({ type: 'tray', tray: this.shown })
  }
}
