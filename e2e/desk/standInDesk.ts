import type { Browser } from '@playwright/test'
import type { AskedDialog, FetchedFile, ShownTray, Told, Wanted } from '../electronStandIn/messages.ts'
import { eventually } from '../tapedeck.ts'
import { type Desk, findEntry } from './desk.ts'
import { spawnStandIn } from './standInProcess.ts'
import { createStandInWindows } from './standInWindows.ts'

export interface StandInDesk extends Desk {
  kind: 'stand-in'
  want(wanted: Wanted): void
  /** What both of Electron's questions for a permission would be answered. */
  askPermission(permission: string, url: string, isTop: boolean): Promise<boolean[]>
  fetch(url: string): Promise<FetchedFile | null>
  /** What is saved from now on cannot be written. */
  fillDisk(): void
  /** How many timers of the application's main thread have fired so far. */
  countTimers(): Promise<number>
  toldSoFar(): Told[]
  leave(): Promise<void>
}

/** The built application on the stand-in for Electron, its windows in this browser. */
export async function startStandIn(
  browser: Browser,
  env: NodeJS.ProcessEnv,
  cwd: string,
  args: string[],
): Promise<StandInDesk> {
  const told: Told[] = []
  let tray: ShownTray | null = null
  let dialogs: AskedDialog[] = []
  const application = spawnStandIn(env, cwd, args, (message) => {
    told.push(message)
    if (message.type === 'tray') tray = message.tray
    else if (message.type === 'asked') dialogs = [...dialogs, message.dialog]
    else if (message.type === 'takenBack') dialogs = dialogs.filter(({ id }) => id !== message.dialog)
    else windows.take(message)
  })
  const { want, ask, exited, hasExited } = application
  const windows = createStandInWindows(browser, application)
  const clickEntry = (id: number) => want({ type: 'clickEntry', id })

  await eventually(
    () => {
      if (hasExited() && !application.errors().includes('Waiting for the debugger')) return true
      return told.some(({ type }) => ['tray', 'made', 'held', 'secondInstance', 'opened', 'asked'].includes(type))
    },
    (isThere) => isThere,
    30_000,
  ).catch((error) => {
    throw new Error(`The application did not start: ${application.errors()}`, { cause: error })
  })

  return {
    kind: 'stand-in',
    pid: application.pid,
    want,
    toldSoFar: () => told,
    fetch: (url) => ask({ type: 'fetch', url, method: 'GET' }),
    fillDisk: windows.fillDisk,
    countTimers: () => ask({ type: 'countTimers' }),
    askPermission: (permission, url, isTop) => ask({ type: 'permission', permission, url, isTop }),
    async page() {
      const window = await eventually(windows.current, (found) => found !== undefined)
      return (window as NonNullable<typeof window>).page
    },
    isWindowVisible: async () => windows.current()?.isVisible === true,
    async closeWindow() {
      const window = windows.current()
      if (window) want({ type: 'close', window: window.id })
    },
    async crashPage() {
      const page = await windows.current()?.page
      await Promise.all([page?.waitForEvent('crash'), page?.goto('chrome://crash').catch(() => {})])
    },
    callFrom: (frame, method, params = {}) =>
      ask({ type: 'invoke', frame, channel: 'api:call', args: [method, params] }),
    tray: async () => tray,
    async clickTray(...labels) {
      const { id, isEnabled } = findEntry(tray?.entries ?? [], labels)
      if (!isEnabled) throw new Error(`“${labels.join(' ▸ ')}” is off.`)
      clickEntry(id)
    },
    async clickMenu(...labels) {
      const shown = await eventually(
        () => told.findLast((message) => message.type === 'menu'),
        (menu) => menu !== undefined,
      )
      clickEntry(findEntry(shown?.entries ?? [], labels).id)
    },
    dialogs: async () => dialogs,
    async answer(dialog, button, path) {
      const response = dialog.buttons.indexOf(button)
      if (response < 0) throw new Error(`There is no button “${button}”, but ${dialog.buttons.join(', ')}.`)
      dialogs = dialogs.filter(({ id }) => id !== dialog.id)
      want({ type: 'decide', dialog: dialog.id, response, ...(path !== undefined && { path }) })
    },
    notifications: async () => told.flatMap((message) => (message.type === 'notified' ? [message] : [])),
    clickNotification: async (id) => want({ type: 'clickNotification', id }),
    opened: async () => told.flatMap((message) => (message.type === 'opened' ? [message.url] : [])),
    copied: async () => told.flatMap((message) => (message.type === 'copied' ? [message.text] : [])),
    async startAgain(again) {
      const second = await startStandIn(browser, env, cwd, again)
      const handedOver = second.toldSoFar().find((message) => message.type === 'secondInstance')
      if (handedOver?.type === 'secondInstance') want({ type: 'secondInstance', argv: handedOver.argv })
      await second.leave()
    },
    hasEnded: async () => hasExited(),
    async stop(signal) {
      application.kill(signal)
      await exited
    },
    async leave() {
      if (!hasExited()) application.kill('SIGKILL')
      await exited
      await windows.leave()
    },
  }
}
