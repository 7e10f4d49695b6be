import { expect, test } from 'vitest'
import type { RawHead } from '../capture/rawExchange.ts'
import { createOpenExchanges } from './openExchanges.ts'

const head: RawHead = {
  launchId: 'l1',
  streamId: 's',
  transport: 'json',
  upstream: 'chatgpt',
  accountMode: 'chatgpt',
  credential: 'codexLogin',
  method: 'POST',
  path: '/v1/responses',
  headers: [['content-length', '1000000']],
  startedAt: 1,
}
const reports: unknown[] = []
const create = (maxBytes: number) => createOpenExchanges({ maxBytes, report: (error) => reports.push(error) })
type Opened = ReturnType<typeof create>

function pushBytes(open: Opened, id: string, count: number): void {
  open.push(id, { type: 'request', exchangeId: id, at: 2, bytes: new Uint8Array(count) })
}
const isHeld = (open: Opened, id: string) => open.value(id) !== null

test('those of which nothing came for the longest time are let go when they hold more than they may', () => {
  const open = create(1_000)
  for (const id of ['a', 'b', 'c']) {
    open.begin(id, head, true)
    pushBytes(open, id, 400)
    if (id === 'b') pushBytes(open, 'a', 100)
  }
  expect(['a', 'b', 'c'].map((id) => isHeld(open, id))).toEqual([true, false, true])
  expect(open.heldBytes()).toBe(900)
  pushBytes(open, 'b', 400)
  expect(open.heldBytes()).toBe(900)
  expect(open.has('b')).toBe(true)
})

test('however many there are, they hold no more than they may, and the one that streams now', () => {
  const open = create(1_000)
  for (let n = 0; n < 500; n++) {
    open.begin(`e${n}`, head, true)
    pushBytes(open, `e${n}`, 300)
    expect(open.heldBytes()).toBeLessThanOrEqual(1_000)
  }
  open.begin('large', head, true)
  for (let n = 0; n < 10; n++) pushBytes(open, 'large', 1_000)
  expect(open.heldBytes()).toBe(10_000)
  expect(isHeld(open, 'large')).toBe(true)
  pushBytes(open, 'e499', 300)
  open.begin('next', head, true)
  pushBytes(open, 'next', 300)
  expect(open.heldBytes()).toBe(300)
  open.delete('next')
  expect([open.heldBytes(), open.has('next')]).toEqual([0, false])
})

test('what a request unfolds to counts as well, once it is read', () => {
  const open = create(10_000)
  open.begin('a', head, true)
  const bytes = new TextEncoder().encode(JSON.stringify({ input: 'x'.repeat(1_000) }))
  open.push('a', { type: 'request', exchangeId: 'a', at: 2, bytes })
  expect(open.heldBytes()).toBe(bytes.length)
  open.push('a', { type: 'answered', exchangeId: 'a', at: 3, httpStatus: 200, headers: [] })
  expect(open.value('a')?.exchange.status).toBe('live')
  expect(open.heldBytes()).toBe(2 * bytes.length)
})

test('what begins in a flood is not held at all', () => {
  const open = create(1_000)
  open.begin('a', head, false)
  pushBytes(open, 'a', 400)
  expect([open.has('a'), open.heldBytes(), open.value('a')]).toEqual([true, 0, null])
})
