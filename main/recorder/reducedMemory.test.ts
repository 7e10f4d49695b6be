import { expect, test } from 'vitest'
import type { RawPart } from '../capture/rawExchange.ts'
import type { ReducedExchange } from '../capture/reduced.ts'
import { reduceExchange } from '../capture/reduceExchange.ts'
import { createSplitter } from '../capture/splitter.ts'
import type { StreamEvent } from '../capture/streamEvent.ts'
import { post, requestOf, userSays } from './playedTraffic.ts'
import { createReducedMemory } from './reducedMemory.ts'

/** As it comes of the wire: each time with objects of its own. */
function reduced(streamId: string, ...prompts: string[]): ReducedExchange {
  const splitter = createSplitter()
  const events = post({ streamId, request: requestOf({ input: prompts.map(userSays) }) }) as StreamEvent[]
  const parts: RawPart[] = events.flatMap((event) => splitter.push(event).parts)
  return reduceExchange(parts) as ReducedExchange
}

test('what was put is there, until it is dropped', () => {
  const memory = createReducedMemory(1_000_000)
  memory.put(reduced('a', 'one'))
  memory.put(reduced('b', 'one', 'two'))
  memory.put(reduced('a', 'one', 'three'))
  expect(memory.get('a-1')).toEqual(reduced('a', 'one', 'three'))
  expect(memory.get('b-1')).toEqual(reduced('b', 'one', 'two'))
  expect(memory.get('none')).toBeNull()
  memory.drop('a-1')
  memory.drop('a-1')
  expect(memory.get('a-1')).toBeNull()
  expect(memory.get('b-1')).toEqual(reduced('b', 'one', 'two'))
  memory.drop('b-1')
  expect(memory.bytes()).toBe(0)
})

test('what many requests repeat is kept once', () => {
  const memory = createReducedMemory(1_000_000)
  const long = 'long '.repeat(10_000)
  for (let n = 0; n < 100; n++) memory.put(reduced(`s${n}`, long, `${n}`))
  expect(memory.get('s0-1')).toEqual(reduced('s0', long, '0'))
  expect(memory.get('s0-1')?.input[0]).toBe(memory.get('s99-1')?.input[0])
  expect(memory.bytes()).toBeLessThan(400_000)
  for (let n = 0; n < 100; n++) memory.drop(`s${n}-1`)
  expect(memory.bytes()).toBe(0)
})

test('when there is too much, what was not asked for the longest time goes', () => {
  const memory = createReducedMemory(250_000)
  const long = (text: string) => text.repeat(100_000)
  memory.put(reduced('a', long('a')))
  memory.put(reduced('b', long('b')))
  memory.get('a-1')
  memory.put(reduced('c', long('c')))
  const present = () => ['a', 'b', 'c'].filter((id) => memory.get(`${id}-1`))
  expect(present()).toEqual(['a', 'c'])
  memory.put(reduced('huge', long('huge')))
  expect({ present: present(), bytes: memory.bytes() }).toEqual({ present: [], bytes: 0 })
  memory.put(reduced('b', 'short'))
  memory.clear()
  expect({ present: present(), bytes: memory.bytes() }).toEqual({ present: [], bytes: 0 })
})

test('an exchange that is put while it grows weighs what it weighs now', () => {
  const memory = createReducedMemory(1_000_000)
  const live = reduced('a', 'one', 'two')
  memory.put(live)
  const once = memory.bytes()
  for (let n = 0; n < 10; n++) memory.put({ ...live, input: [...live.input] })
  expect(memory.bytes()).toBe(once)
  memory.clear()
  memory.put(live)
  expect(memory.bytes()).toBe(once)
})
