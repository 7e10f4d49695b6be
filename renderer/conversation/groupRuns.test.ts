import { expect, test } from 'vitest'
import type { Item, ToolCall } from '../../contract/domain/turn.ts'
import { groupRuns } from './groupRuns.ts'
import type { Row } from './layOutConversation.ts'
import { callOf } from './sampleTurns.ts'

const call = (id: string, change: Partial<ToolCall> = {}) =>
  callOf(id, { durationMs: 100, commands: [`echo ${id}`], ...change })
const thought = (id: string, text = ''): Item => ({
  id,
  exchangeId: 'x',
  at: 0,
  type: 'reasoning',
  text,
  encrypted: true,
})
const rowsOf = (...items: Item[]): Row[] => items.map((item) => ({ kind: 'item', item }))

/** `a (b c d)` */
function sketch(rows: ReturnType<typeof groupRuns>): string {
  const idOf = (row: Row) => (row.kind === 'item' ? row.item.id : row.lane.thread.id)
  return rows.map((row) => (row.kind === 'run' ? `(${row.run.rows.map(idOf).join(' ')})` : idOf(row))).join(' ')
}

test('three calls of one kind in a row are a run, two are not', () => {
  expect(sketch(groupRuns(rowsOf(call('a'), call('b'), call('c')), false))).toBe('(a b c)')
  expect(sketch(groupRuns(rowsOf(call('a'), call('b')), false))).toBe('a b')
})

test('a run tells how many commands it was, how long, and which failed', () => {
  const failed = call('b', { exitCode: 1 })
  const several = call('c', { commands: ['one', 'two'] })
  const [row] = groupRuns(rowsOf(call('a'), failed, several), false)
  expect(row?.kind === 'run' && row.run).toMatchObject({
    id: 'run a',
    verb: 'Ran',
    commandCount: 4,
    durationMs: 300,
    failed: [failed],
  })
})

test('thoughts that the model kept to itself part no run, those it told do', () => {
  const silent = rowsOf(call('a'), thought('t'), call('b'), thought('u'), call('c'), thought('v'))
  expect(sketch(groupRuns(silent, false))).toBe('(a t b u c) v')
  const told = rowsOf(call('a'), call('b'), thought('t', 'Why?'), call('c'), call('d'))
  expect(sketch(groupRuns(told, false))).toBe('a b t c d')
})

test('other tools are runs of their own name, and edits are none', () => {
  const search = (id: string) => call(id, { name: 'search', commands: [] })
  const view = (id: string) => call(id, { name: 'view_image', commands: [] })
  expect(sketch(groupRuns(rowsOf(search('a'), search('b'), search('c'), view('d'), view('e')), false))).toBe(
    '(a b c) d e',
  )
  const edit = (id: string) => call(id, { commands: [], patch: '*** Begin Patch' })
  expect(sketch(groupRuns(rowsOf(edit('a'), edit('b'), edit('c')), false))).toBe('a b c')
})

test('a plan is never hidden in a run; searches are one run, whichever way they were called', () => {
  const plan = { name: 'update_plan', input: '{"plan":[{"step":"a","status":"pending"}]}', commands: [] }
  expect(sketch(groupRuns(rowsOf(call('a', plan), call('b', plan), call('c', plan)), false))).toBe('a b c')
  const search = { name: 'web_search', input: '{"query":"owl"}', commands: [] }
  const inProgram = {
    name: 'exec',
    input: 'await …',
    commands: [],
    uses: [{ name: 'web__run', input: '{"search_query":[{"q":"owl"}]}' }],
  }
  const [run] = groupRuns(rowsOf(call('a', search), call('b', inProgram), call('c', search)), false)
  expect(run).toMatchObject({ kind: 'run', run: { verb: 'Used', name: 'web_search' } })
})

test('what a live turn does last is not a run yet, nor is a command that runs', () => {
  const rows = rowsOf(call('a'), call('b'), call('c'))
  expect(sketch(groupRuns(rows, true))).toBe('a b c')
  expect(sketch(groupRuns([...rows, ...rowsOf(thought('t', 'Done.'))], true))).toBe('(a b c) t')
  const running = rowsOf(call('d', { status: 'running' }))
  expect(sketch(groupRuns([...rows, ...running], true))).toBe('(a b c) d')
})

test('a call that shows a picture stands for itself', () => {
  const source = { exchangeId: 'x', side: 'input' as const, index: 0, nth: 0 }
  const picture = { name: null, mediaType: 'image/png', bytes: 9, width: 1, height: 1, problem: null, source }
  const views = (id: string) => call(id, { name: 'view_image', commands: [], pictures: [picture] })
  expect(sketch(groupRuns(rowsOf(views('a'), views('b'), views('c')), false))).toBe('a b c')
  const hidden = (id: string) => ({ ...views(id), pictures: [{ ...picture, problem: 'format' as const }] })
  expect(sketch(groupRuns(rowsOf(hidden('a'), hidden('b'), hidden('c')), false))).toBe('(a b c)')
})

test('a run that types or waits is of one terminal, and says so', () => {
  const write = (id: string, session: number, chars = '') =>
    call(id, { name: 'write_stdin', commands: [], input: JSON.stringify({ session_id: session, chars }) })
  const items = [write('a', 3), write('b', 3), write('c', 3), write('d', 4), write('e', 4, 'y\n'), write('f', 4)]
  const runs = groupRuns(rowsOf(...items), false)
  expect(sketch(runs)).toBe('(a b c) (d e f)')
  expect(runs.map((row) => row.kind === 'run' && [row.run.verb, row.run.spokenTo])).toEqual([
    ['Waited', { kind: 'terminal', id: '3' }],
    ['Typed', { kind: 'terminal', id: '4' }],
  ])
})

test('a run that stayed as it was is the same object; one of whose calls another version came is not', () => {
  const [first, second, third] = rowsOf(call('a'), call('b'), call('c')) as [Row, Row, Row]
  const runOf = (...rows: Row[]) => {
    const [row] = groupRuns(rows, false)
    return row?.kind === 'run' ? row.run : null
  }
  const run = runOf(first, second, third)
  expect(runOf(first, second, third, ...rowsOf(thought('t', 'Why?')))).toBe(run)
  const [other] = rowsOf(call('b', { exitCode: 1 })) as [Row]
  expect(runOf(first, other, third)).toMatchObject({ id: 'run a', failed: [{ id: 'b' }] })
  expect(runOf(first, second, third)?.failed).toEqual([])
  expect(runOf(first, second, third, ...rowsOf(call('d')))?.calls).toHaveLength(4)
})
