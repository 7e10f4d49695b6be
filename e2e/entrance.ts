import type { Browser } from '@playwright/test'
import type { Server } from './tapedeck.ts'

/** The entrance works once; what it gives lets all windows in. */
export async function enter(browser: Browser, server: Server) {
  const context = await browser.newContext()
  await (await context.newPage()).goto(server.ui)
  const state = await context.storageState()
  await context.close()
  return { ...state, origins: [] }
}
