import { expect, test } from 'vitest'
import type { Exchange } from './exchange.ts'
import type { Item, Turn } from './turn.ts'
import {
  applyChange,
  changeBetween,
  joinChanges,
  lastItemOf,
  outlineOf,
  type TurnChange,
  turnChangeSchema,
} from './turnChange.ts'
import { noUsage } from './usage.ts'

function itemOf(id: string, text = id): Item {
  return { id, exchangeId: 'e', at: 1, type: 'assistantMessage', text }
}

function exchangeOf(id: string, responseBytes = 0): Exchange {
  return {
    ...{ id, turnId: 't', threadId: 's', sessionId: 's', kind: 'turn', transport: 'sse', upstream: 'chatgpt' },
    ...{ accountMode: null, credential: null, method: 'POST', path: '/', status: 'live', httpStatus: null },
    ...{ errorCode: null, errorMessage: null, startedAt: 1, firstEventMs: null, durationMs: null, requestBytes: 0 },
    ...{ responseId: null, previousResponseId: null, model: null, serviceTier: null, usage: null, limits: null },
    ...{ responseBytes, notes: [] },
  }
}

function turnOf(seq: number, items: Item[], more: Partial<Turn> = {}): Turn {
  return {
    ...{ id: 't', threadId: 's', sessionId: 's', prompt: 'go', status: 'live', startedAt: 1, endedAt: null },
    ...{ model: null, usage: noUsage, items, exchanges: [], seq, ...more },
  }
}

const places = ({ items }: TurnChange) => items.changed.map(({ at }) => at)

/** Numbers below `below`, the same at each run. */
function createDice(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** What happens to lists of a turn, and more: growth, texts that change, what vanishes, what comes in between or elsewhere. */
function changed<T>(list: readonly T[], dice: (below: number) => number, make: (n: number) => T): T[] {
  const next = [...list]
  for (let left = dice(4); left > 0; left -= 1) {
    const at = dice(next.length + 1)
    switch (dice(6)) {
      case 0:
      case 1:
        next.push(make(dice(1_000)))
        break
      case 2:
        if (at < next.length) next[at] = make(dice(1_000))
        break
      case 3:
        next.splice(at, 1 + dice(3))
        break
      case 4:
        next.splice(at, 0, make(dice(1_000)))
        break
      default:
        next.push(...next.splice(at, 2))
    }
  }
  return next
}

/** Versions of one turn, each a copy of its own. */
function history(seed: number, length: number): Turn[] {
  const dice = createDice(seed)
  const versions: Turn[] = []
  let seq = 1
  let turn = turnOf(seq, [itemOf('0')])
  for (let left = length; left > 0; left -= 1) {
    versions.push(copyOf(turn))
    seq += 1 + dice(5)
    const items = changed(turn.items, dice, (n) => itemOf(String(n), 'x'.repeat(n % 7)))
    const exchanges = changed(turn.exchanges, dice, (n) => exchangeOf(String(n), n))
    turn = { ...turn, items, exchanges, prompt: `go ${dice(3)}`, seq }
  }
  return versions
}

const copyOf = <T>(value: T): T => JSON.parse(JSON.stringify(value))
const changesOf = (versions: Turn[]) => versions.map((turn, at) => changeBetween(versions[at - 1] ?? null, turn))
const overTheWire = (change: TurnChange): TurnChange => turnChangeSchema.parse(JSON.parse(JSON.stringify(change)))
const seeds = Array.from({ length: 60 }, (_, at) => at + 1)

test('only what changed is in a change, and the last item', () => {
  const before = turnOf(1, [itemOf('a'), itemOf('b'), itemOf('c')], { exchanges: [exchangeOf('x'), exchangeOf('y')] })
  const after = turnOf(2, [itemOf('a'), itemOf('b', 'B'), itemOf('c')], {
    exchanges: [exchangeOf('x', 5), exchangeOf('y')],
  })
  const { items: _items, exchanges: _exchanges, ...head } = after
  expect(changeBetween(before, copyOf(after))).toEqual({
    head,
    since: 1,
    items: {
      length: 3,
      changed: [
        { at: 1, value: itemOf('b', 'B') },
        { at: 2, value: itemOf('c') },
      ],
    },
    exchanges: {
      length: 2,
      changed: [
        { at: 0, value: exchangeOf('x', 5) },
        { at: 1, value: exchangeOf('y') },
      ],
    },
  })
})

test('what did not change stays the same object', () => {
  const before = turnOf(1, [itemOf('a'), itemOf('b')])
  const after = applyChange(before, changeBetween(before, turnOf(2, [itemOf('a'), itemOf('b', 'B'), itemOf('c')])))
  expect(after?.items[0]).toBe(before.items[0])
  expect(after?.items).toEqual([itemOf('a'), itemOf('b', 'B'), itemOf('c')])
})

test('what folding a retry takes away is gone, and what moves up is told', () => {
  const before = turnOf(
    1,
    ['ask', 'broken', 'error'].map((id) => itemOf(id)),
  )
  const after = turnOf(
    2,
    ['ask', 'anew'].map((id) => itemOf(id)),
  )
  const change = changeBetween(before, after)
  expect(places(change)).toEqual([1])
  expect(applyChange(before, change)).toEqual(after)
  const none = turnOf(3, [])
  expect(applyChange(after, changeBetween(after, none))).toEqual(none)
  expect(lastItemOf(changeBetween(after, none))).toBeUndefined()
})

test('what is told of a turn that is not there', () => {
  const { items: _items, exchanges: _exchanges, seq: _seq, ...outline } = turnOf(2, [])
  expect(outlineOf(changeBetween(null, turnOf(2, [itemOf('a')])))).toEqual(outline)
})

test.each(seeds)('a series of changes leads from version to version, over the wire too (%i)', (seed) => {
  const versions = history(seed, 40)
  let known: Turn | undefined
  for (const [at, change] of changesOf(versions).entries()) {
    known = applyChange(known, overTheWire(change)) ?? undefined
    expect(known).toEqual(versions[at])
  }
})

test.each(seeds)('joined changes lead from any version that they go over to the last one (%i)', (seed) => {
  const versions = history(seed, 20)
  const changes = changesOf(versions)
  const dice = createDice(seed)
  const from = dice(18)
  const to = from + 1 + dice(19 - from)
  const joined = changes.slice(from + 1, to + 1).reduce(joinChanges)
  expect(joined.since).toBe(versions[from]?.seq)
  for (const version of versions.slice(from, to))
    expect(applyChange(version, overTheWire(joined))).toEqual(versions[to])
  expect(applyChange(versions[to], joined)).toBe(versions[to])
  const whole = changes.slice(0, to + 1).reduce(joinChanges)
  expect(applyChange(undefined, whole)).toEqual(versions[to])
})

test.each(seeds)('a gap is noticed, and what comes late or twice changes nothing (%i)', (seed) => {
  const versions = history(seed, 20)
  const changes = changesOf(versions)
  const dice = createDice(seed)
  let known: Turn | undefined
  let at = -1
  for (let left = 200; left > 0; left -= 1) {
    const next = dice(20)
    const after = applyChange(known, changes[next] as TurnChange)
    if (next <= at) expect(after).toBe(known)
    else if (next === at + 1) expect(after).toEqual(versions[next])
    // All is in the first.
    else expect(after).toBeNull()
    if (after === null || next <= at) continue
    known = after
    at = next
  }
  expect(at).toBeGreaterThan(1)
})

test('of two changes of which one is missing between them the newer one stays, in whichever order they come', () => {
  const [first, , third] = changesOf(history(7, 3)) as [TurnChange, TurnChange, TurnChange]
  expect(joinChanges(first, third)).toBe(third)
  expect(joinChanges(third, first)).toBe(third)
})

test('a change that says less than it should is a gap', () => {
  const before = turnOf(1, [itemOf('a')])
  const change = changeBetween(
    before,
    turnOf(
      2,
      ['a', 'b', 'c'].map((id) => itemOf(id)),
    ),
  )
  const changed = change.items.changed.filter(({ at }) => at !== 1)
  expect(applyChange(before, { ...change, items: { ...change.items, changed } })).toBeNull()
  expect(applyChange(before, { ...change, items: { length: 3, changed: [] } })).toBeNull()
})
