import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type { CodexHome } from '../codexHome.ts'
import { test as base, expect } from '../pageStage.ts'
import type { Desk } from './desk.ts'
import { startReal } from './realDesk.ts'
import { type StandInDesk, startStandIn } from './standInDesk.ts'
import { withTray } from './withTray.ts'

interface DeskStage {
  /** Starts the application; ended when the test is over. */
  startDesk(home: CodexHome, options?: DeskOptions): Promise<Desk>
  /** Starts it in a home of its own, on a desktop that shows trays. */
  startWithTray(args?: string[]): Promise<{ home: CodexHome; desk: Desk }>
}

export interface DeskOptions {
  args?: string[]
  env?: NodeJS.ProcessEnv
}

/** Null where Electron's binary is missing: then the stand-in takes its place. */
const electronBinary: string | null = findElectron()

function findElectron(): string | null {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return null
  try {
    return createRequire(import.meta.url)('electron') as string
  } catch {
    return null
  }
}

export const runsOn = electronBinary === null ? 'the stand-in for Electron' : `Electron (${electronBinary})`

export const test = base.extend<DeskStage>({
  startDesk: async ({ browser, makeHome: _ }, use, { annotations }) => {
    annotations.push({ type: 'runs on', description: runsOn })
    const real: Desk[] = []
    const standIns: StandInDesk[] = []
    await use(async (home, { args = [], env = {} } = {}) => {
      const all = { ...home.env, ...env }
      if (electronBinary !== null) {
        const desk = await startReal(electronBinary, all, home.cwd, args)
        real.push(desk)
        return desk
      }
      const desk = await startStandIn(browser, all, home.cwd, args)
      standIns.push(desk)
      return desk
    })
    for (const desk of real) if (!(await desk.hasEnded())) await desk.stop('SIGKILL')
    for (const desk of standIns) await desk.leave()
  },
  startWithTray: ({ makeHome, startDesk }, use) =>
    use(async (args = []) => {
      const home = makeHome()
      return { home, desk: await startDesk(home, { env: withTray(home), args }) }
    }),
})

/** For what only the stand-in can tell, because Electron asks nobody there. */
export function asStandIn(desk: Desk): StandInDesk {
  test.skip(desk.kind !== 'stand-in', 'The real Electron cannot be asked this.')
  return desk as StandInDesk
}

export async function isOn(page: Page, hash: string): Promise<void> {
  await expect.poll(() => new URL(page.url()).hash).toBe(hash)
}

export { expect }
