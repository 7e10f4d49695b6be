import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { _electron } from '@playwright/test'
import type { AskedDialog, ShownTray } from '../electronStandIn/messages.ts'
import { type Desk, findEntry } from './desk.ts'

const root = join(import.meta.dirname, '..', '..')
const probe = join(import.meta.dirname, 'probe.cjs')

/** What the probe keeps inside of the application. */
interface Probe {
  tray: ShownTray | null
  dialogs: AskedDialog[]
  notifications: { id: number; title: string; body: string }[]
  opened: string[]
  copied: string[]
  clickEntry(id: number): void
  clickNotification(id: number): void
  decide(id: number, response: number, folder: string | undefined): void
}
declare const tapedeckProbe: Probe

/** The built application in Electron itself; dialogs, notifications and the browser are kept from the screen by the probe. */
export async function startReal(
  executablePath: string,
  env: NodeJS.ProcessEnv,
  cwd: string,
  args: string[],
): Promise<Desk> {
  const start = ['-r', probe, root, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...args]
  const electron = await _electron.launch({ executablePath, args: start, cwd, env: env as Record<string, string> })
  const child = electron.process()
  const desk: Desk = {
    kind: 'electron',
    pid: child.pid as number,
    page: async () => electron.windows().at(-1) ?? electron.firstWindow(),
    isWindowVisible: () =>
      electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((window) => window.isVisible())),
    closeWindow: () => electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()),
    crashPage: () =>
      electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer()),
    callFrom: (frame, method, params = {}) =>
      electron.evaluate(
        ({ ipcMain }, [{ url, isTop }, name, given]) => {
          const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, (...all: unknown[]) => unknown> })
            ._invokeHandlers
          return handlers.get('api:call')?.({ senderFrame: { url, parent: isTop ? null : {} } }, name, given)
        },
        [frame, method, params] as const,
      ),
    tray: () => electron.evaluate(() => tapedeckProbe.tray),
    async clickTray(...labels) {
      const { id } = findEntry((await desk.tray())?.entries ?? [], labels)
      await electron.evaluate((_electron, entry) => tapedeckProbe.clickEntry(entry), id)
    },
    clickMenu: (...labels) =>
      electron.evaluate(({ Menu }, path) => {
        let items = Menu.getApplicationMenu()?.items ?? []
        for (const [at, label] of path.entries()) {
          const found = items.find((item) => item.label.startsWith(label))
          if (!found) throw new Error(`There is no “${label}” in the menu.`)
          if (at === path.length - 1) found.click()
          items = found.submenu?.items ?? []
        }
      }, labels),
    dialogs: () => electron.evaluate(() => tapedeckProbe.dialogs),
    async answer(dialog, button, folder) {
      const response = dialog.buttons.indexOf(button)
      await electron.evaluate((_electron, [id, chosen, path]) => tapedeckProbe.decide(id, chosen, path), [
        dialog.id,
        response,
        folder,
      ] as const)
    },
    notifications: () => electron.evaluate(() => tapedeckProbe.notifications),
    clickNotification: (id) => electron.evaluate((_electron, one) => tapedeckProbe.clickNotification(one), id),
    opened: () => electron.evaluate(() => tapedeckProbe.opened),
    copied: () => electron.evaluate(() => tapedeckProbe.copied),
    startAgain: (again) =>
      new Promise((resolve, reject) => {
        spawn(executablePath, [root, ...again], { cwd, env, stdio: 'ignore' })
          .once('exit', () => resolve())
          .once('error', reject)
      }),
    hasEnded: async () => child.exitCode !== null || child.signalCode !== null,
    async stop(signal) {
      const exited = new Promise((resolve) => child.once('exit', resolve))
      child.kill(signal)
      await exited
    },
  }
  return desk
}
