import type { Page } from '@playwright/test'
import type { AskedDialog, ShownEntry, ShownTray } from '../electronStandIn/messages.ts'
import { eventually } from '../tapedeck.ts'

/** What a desktop shows of the application, and what its user does there; on the real Electron and on its stand-in alike. */
export interface Desk {
  kind: 'electron' | 'stand-in'
  pid: number
  /** The page of the window that is there now. */
  page(): Promise<Page>
  isWindowVisible(): Promise<boolean>
  /** By its close button. */
  closeWindow(): Promise<void>
  crashPage(): Promise<void>
  /** What the page would get that says this from a frame like that. */
  callFrom(frame: { url: string; isTop: boolean }, method: string, params?: object): Promise<unknown>
  tray(): Promise<ShownTray | null>
  clickTray(...labels: string[]): Promise<void>
  /** In the menu of the window. */
  clickMenu(...labels: string[]): Promise<void>
  /** All that were asked and not answered yet. */
  dialogs(): Promise<AskedDialog[]>
  answer(dialog: AskedDialog, button: string, path?: string): Promise<void>
  notifications(): Promise<{ id: number; title: string; body: string }[]>
  clickNotification(id: number): Promise<void>
  /** What was given to the user's browser. */
  opened(): Promise<string[]>
  copied(): Promise<string[]>
  /** Another start of the application, which ends by itself. */
  startAgain(args: string[]): Promise<void>
  hasEnded(): Promise<boolean>
  /** As the system ends a process. */
  stop(signal: NodeJS.Signals): Promise<void>
}

export function findEntry(entries: ShownEntry[], [label, ...rest]: string[]): ShownEntry {
  const found = entries.find((entry) => entry.label.startsWith(label ?? ''))
  if (!found) throw new Error(`There is no “${label}” among: ${entries.map((entry) => entry.label).join(', ')}`)
  return rest.length === 0 ? found : findEntry(found.entries ?? [], rest)
}

/** The tray's menu as it would be read aloud, an entry a line. */
export async function menuOf(desk: Desk): Promise<string[]> {
  return readMenu((await desk.tray())?.entries ?? [])
}

/** The question that is asked, when it is. */
export async function dialogOf(desk: Desk): Promise<AskedDialog> {
  const [dialog] = await eventually(desk.dialogs, (all) => all.length > 0)
  return dialog as AskedDialog
}

function readMenu(entries: ShownEntry[], indent = ''): string[] {
  return entries.flatMap(({ label, entries: inner = [] }) => [`${indent}${label}`, ...readMenu(inner, `${indent}  `)])
}
