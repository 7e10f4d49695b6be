import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { lookedAt } from './sampleConversations.ts'

/**
 * Makes a page the same in each run and on each machine: its clock stands still, and what the server tells of now and of this
 * machine is told of then and of a machine of its own.
 */
export async function standStill(page: Page, startedAt: number): Promise<void> {
  await page.clock.setFixedTime(lookedAt)
  await rewrite(page, (value) => tellTimes(tellPlaces(value), startedAt))
}

/** What is told of the folders of this machine is told of those of Ada. */
export async function hideMachine(page: Page): Promise<void> {
  await rewrite(page, tellPlaces)
}

async function rewrite(page: Page, tell: (value: unknown) => unknown): Promise<void> {
  const translate = (text: string) => JSON.stringify(JSON.parse(text, (_, value) => tell(value)))
  await page.route('**/api/**', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: translate(await response.text()) })
  })
  await page.routeWebSocket('**/api/events', (socket) => {
    const server = socket.connectToServer()
    server.onMessage((message) => socket.send(translate(String(message))))
  })
}

const monthMs = 31 * 24 * 3600_000
/** What came about while the stage was set is a minute or so old, and no minute ends within it. */
const ageMs = 90_000
const folders: [RegExp, string][] = [
  [/\S*tapedeck-e2e-\w+/g, '/home/ada'],
  [new RegExp(join(import.meta.dirname, '..', '..').replace(/[\\.]/g, '\\$&'), 'g'), '/opt/tapedeck'],
]

function tellTimes(value: unknown, startedAt: number): unknown {
  const isOfNow = typeof value === 'number' && Math.abs(value - startedAt) < monthMs
  return isOfNow ? value - startedAt + lookedAt - ageMs : value
}

function tellPlaces(value: unknown): unknown {
  return typeof value === 'string'
    ? folders.reduce((text, [pattern, name]) => text.replace(pattern, name), value)
    : value
}
