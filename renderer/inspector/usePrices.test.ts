import { expect, test } from 'vitest'
import { createClient } from '../client/client.ts'
import { inMemoryHost } from '../client/inMemoryHost.ts'
import { askPrices } from './usePrices.ts'

test('prices are asked for once an opening of the line, and again after one that failed', async () => {
  const answers: Parameters<typeof inMemoryHost>[0] = { 'price/list': () => ({ table: {}, problem: null }) }
  const host = inMemoryHost(answers)
  const client = createClient(host.transport)
  const asked = () => host.calls.length
  await Promise.all([askPrices(client, 1), askPrices(client, 1)])
  expect([await askPrices(client, 1), asked()]).toEqual([{ ok: true, value: { table: {}, problem: null } }, 1])
  await askPrices(client, 2)
  expect(asked()).toBe(2)
  const works = answers['price/list']
  delete answers['price/list']
  expect(await askPrices(client, 3)).toMatchObject({ ok: false })
  if (works) answers['price/list'] = works
  expect(await askPrices(client, 3)).toMatchObject({ ok: true, value: { problem: null } })
  expect(asked()).toBe(4)
})
