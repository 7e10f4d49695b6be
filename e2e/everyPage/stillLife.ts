import { join } from 'node:path'
import type { Page, WebSocketRoute } from '@playwright/test'
import type { MethodName, Result } from '../../contract/api.ts'
import { lookedAt } from './sampleConversations.ts'

/** What is told otherwise than the server tells it: a state that it would take long to come to. */
export type OtherAnswers = { [M in MethodName]?: (value: Result<M>) => Result<M> }

/**
 * Makes a page the same in each run and on each machine: its clock stands still, and what the server tells of now and of this
 * machine is told of then and of a machine of its own.
 */
export async function standStill(page: Page, startedAt: number, others: OtherAnswers = {}): Promise<void> {
  await page.clock.setFixedTime(lookedAt)
  await rewrite(page, (value) => tellTimes(tellPlaces(value), startedAt), others)
}

/** What is told of the folders of this machine is told of those of Ada. */
export async function hideMachine(page: Page): Promise<void> {
  await rewrite(page, tellPlaces)
}

export async function answerOtherwise(page: Page, others: OtherAnswers): Promise<void> {
  await rewrite(page, (value) => value, others)
}

async function rewrite(page: Page, tell: (value: unknown) => unknown, others: OtherAnswers = {}): Promise<void> {
  const translate = (text: string) => JSON.parse(text, (_, value) => tell(value))
  await page.route('**/api/**', async (route) => {
    const response = await route.fetch()
    const reply = translate(await response.text())
    const method = new URL(route.request().url()).pathname.replace('/api/', '') as MethodName
    const change = others[method] as ((value: unknown) => unknown) | undefined
    await route.fulfill({ response, json: change && reply.ok ? { ...reply, value: change(reply.value) } : reply })
  })
  await page.routeWebSocket('**/api/events', (socket) => {
    if (silent.has(page)) return void socket.close()
    lines.set(page, socket)
    const server = socket.connectToServer()
    server.onMessage((message) => socket.send(JSON.stringify(translate(String(message)))))
  })
}

const lines = new WeakMap<Page, WebSocketRoute>()
const silent = new WeakSet<Page>()

/** As if nobody served the page any more. */
export async function fallSilent(page: Page): Promise<void> {
  silent.add(page)
  await page.route('**/api/**', (route) => route.abort())
  await lines.get(page)?.close()
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
