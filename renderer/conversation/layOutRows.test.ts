import { expect, test } from 'vitest'
import type { Item, Turn } from '../../contract/domain/turn.ts'
import { noUsage } from '../../contract/domain/usage.ts'
import type { TurnLayout } from './layOutConversation.ts'
import { type ConversationRow, layOutAllRows, layOutRows } from './layOutRows.ts'
import { callOf, exchangeOf, turnOf } from './sampleTurns.ts'

const base = { exchangeId: 'x', at: 0 }
const prompt = (id: string): Item => ({ ...base, id, type: 'userMessage', text: id, images: [] })
const answer = (id: string): Item => ({ ...base, id, type: 'assistantMessage', text: id })
const error = (id: string): Item => ({ ...base, id, type: 'error', code: null, message: id })
const call = (id: string) => callOf(id, { commands: [id] })

function layout(id: string, items: Item[], change: Partial<Turn> = {}, number = 1): TurnLayout {
  return { turn: turnOf(id, [], items, change), number, rows: items.map((item) => ({ kind: 'item', item })) }
}

const keys = (rows: ConversationRow[]) => rows.map(({ key }) => key)
const byItself = (_scope: string, _name: string, opensByItself: boolean) => opensByItself

test('each turn is its items and its end; a live one waits instead', () => {
  const rows = layOutRows([layout('a', [prompt('a1'), answer('a2')]), layout('b', [], { status: 'live' }, 2)], byItself)
  expect(rows.map(({ key, kind, number, isTurnStart }) => ({ key, kind, number, isTurnStart }))).toEqual([
    { key: 'a1', kind: 'item', number: 1, isTurnStart: true },
    { key: 'a2', kind: 'item', number: 1, isTurnStart: false },
    { key: 'a end', kind: 'end', number: 1, isTurnStart: false },
    { key: 'b end', kind: 'waiting', number: 2, isTurnStart: true },
  ])
})

test('between turns of two models stands which it was and is', () => {
  const turns = [
    layout('a', [], { model: 'sol' }),
    layout('b', [], { model: null }, 2),
    layout('c', [], { model: 'terra' }, 3),
    layout('d', [], { model: 'terra' }, 4),
  ]
  const rows = layOutRows(turns, byItself)
  expect(keys(rows)).toEqual(['a end', 'b end', 'c model', 'c end', 'd end'])
  expect(rows[2]).toMatchObject({ kind: 'model', from: 'sol', to: 'terra', number: 3, isTurnStart: true })
})

test('the end of a turn knows what its sub-agents used, and theirs', () => {
  const used = (totalTokens: number) => ({ usage: { ...noUsage, totalTokens } })
  const lane = (id: string, turns: TurnLayout[]) => ({
    kind: 'lane' as const,
    lane: { thread: { id, parentThreadId: 's', subagent: 'x', model: null }, turns },
  })
  const inner = layout('inner', [], used(5))
  const child = layout('child', [], used(20))
  child.rows.push(lane('t2', [inner]))
  const root = layout('a', [], used(100))
  root.rows.push(lane('t1', [child]))
  expect(layOutRows([root, layout('b', [], {}, 2)], byItself).filter(({ kind }) => kind === 'end')).toMatchObject([
    { key: 'a end', agentTokens: 25 },
    { key: 'b end', agentTokens: 0 },
  ])
})

test('a prompt that no item tells, and a failure that none tells, have rows of their own', () => {
  expect(keys(layOutRows([layout('a', [answer('a1')], { prompt: 'do', status: 'failed' })], byItself))).toEqual([
    'a prompt',
    'a1',
    'a failure',
    'a end',
  ])
})

test('a run is one row until it is opened, and tells its items what has to be open for them', () => {
  const layouts = [layout('a', [call('c1'), call('c2'), call('c3'), answer('a1')])]
  expect(keys(layOutRows(layouts, byItself))).toEqual(['run c1', 'a1', 'a end'])
  const all = layOutAllRows(layouts)
  expect(keys(all)).toEqual(['run c1', 'c1', 'c2', 'c3', 'a1', 'a end'])
  expect(all.find(({ key }) => key === 'c2')?.inside).toEqual(['run c1'])
})

test('a lane is one line until it is opened; what is in it knows its lanes and the turn of the root', () => {
  const thread = { id: 'r', parentThreadId: 'root', subagent: 'review', model: null }
  const root = layout('a', [answer('a1')])
  const lane = { thread, turns: [layout('r1', [answer('r1a')], { status: 'live' })] }
  root.rows.push({ kind: 'lane', lane })
  expect(keys(layOutRows([root], byItself))).toEqual(['a1', 'lane r r1', 'a end'])
  const rows = layOutRows([root], (scope) => scope === 'lane r r1')
  expect(keys(rows)).toEqual(['a1', 'lane r r1', 'r1a', 'a end'])
  const inner = rows[2]
  expect(inner && { turn: inner.turn.id, root: inner.root.id, lanes: inner.lanes, inside: inner.inside }).toEqual({
    turn: 'r1',
    root: 'a',
    lanes: [true],
    inside: ['lane r r1'],
  })
  expect(inner?.kind === 'item' && inner.flags).toMatchObject({ speaker: 'Review', asker: 'Codex', isLive: true })
})

test('what is in a lane within a lane tells all that has to be open for it', () => {
  const thread = (id: string) => ({ id, parentThreadId: 'root', subagent: 'collab_spawn', model: null })
  const root = layout('a', [])
  const outer = layout('o', [answer('o1')])
  outer.rows.push({ kind: 'lane', lane: { thread: thread('in'), turns: [layout('i', [answer('i1')])] } })
  root.rows.push({ kind: 'lane', lane: { thread: thread('out'), turns: [outer] } })
  const inner = layOutAllRows([root]).find(({ key }) => key === 'i1')
  expect(inner?.inside).toEqual(['lane out o', 'lane in i'])
  expect(inner?.kind === 'item' && inner.flags.speaker).toBe('Agent')
})

test('errors after which the turn asked again are one row where they happened; what it failed of stands for itself', () => {
  const exchanges = ['a', 'b', 'c', 'd'].map((id) => exchangeOf(id))
  const failed = (exchangeId: string): Item => ({ ...error(`${exchangeId}.error`), exchangeId })
  const items = [failed('a'), failed('b'), answer('kept'), failed('c'), failed('d')]
  const rows = layOutRows([layout('t', items, { exchanges, status: 'failed' })], byItself)
  expect(rows.map((row) => [row.kind, row.key, row.kind === 'retries' ? row.attempts.length : 0])).toEqual([
    ['retries', 'a.error', 2],
    ['item', 'kept', 0],
    ['retries', 'c.error', 1],
    ['item', 'd.error', 0],
    ['end', 't end', 0],
  ])
})

test('a turn that was answered at once has no retries', () => {
  const rows = layOutRows([layout('t', [prompt('p'), answer('a')], { exchanges: [exchangeOf('x')] })], byItself)
  expect(rows.map(({ kind }) => kind)).toEqual(['item', 'item', 'end'])
})

test('where the key went on after the plan had ended is a seam, and what was asked again right after it is not', () => {
  const exchanges = [exchangeOf('a'), exchangeOf('b', { credential: 'keyAtLimit' }), exchangeOf('c')]
  const limit: Item = { ...base, id: 'l', exchangeId: 'a', type: 'error', code: 'usage_limit_reached', message: '' }
  const rows = layOutRows(
    [layout('t', [limit, { ...error('e'), exchangeId: 'b' }, answer('d')], { exchanges })],
    byItself,
  )
  expect(rows.map((row) => [row.kind, row.key, row.kind === 'item' && row.flags.isLimitSeam])).toEqual([
    ['item', 'l', true],
    ['retries', 'e', false],
    ['item', 'd', false],
    ['end', 't end', false],
  ])
})

test('the wider space of two rows parts them', () => {
  const rows = layOutRows([layout('a', [prompt('p'), call('c'), call('d'), answer('a')])], byItself)
  expect(rows.map(({ gap }) => gap)).toEqual([0, 3, 1, 3, 4])
})
