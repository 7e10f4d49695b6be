import { Plus } from 'lucide-react'
import { expect, test } from 'vitest'
import { sampleSession } from '../../contract/domain/sampleSession.ts'
import type { SearchHit, SearchKind } from '../../contract/domain/search.ts'
import type { Session } from '../../contract/domain/session.ts'
import type { Action } from './action.ts'
import { firstChosen, listEntries, type PaletteContent } from './paletteEntries.ts'

function session(id: string, title: string): Session {
  return sampleSession(id, { title, cwd: '/srv/api', startedAt: 1, updatedAt: 2 })
}
function hit(kind: SearchKind, snippet: string): SearchHit {
  return { sessionId: 's1', sessionTitle: 'Title', turnId: 't1', itemId: kind, type: 'x', kind, at: 3, snippet }
}
function action(id: string, label: string, also = ''): Action {
  return { id, label, also, icon: Plus, run: () => null }
}

const actions = [action('new', 'New session…', 'start'), action('pause', 'Pause recording'), action('live', 'Live')]
function entriesOf(content: Partial<PaletteContent>) {
  return listEntries({
    query: '',
    completions: [],
    recent: [session('s1', 'First')],
    saved: [{ name: 'Failed', query: 'status:failed' }],
    actions,
    recentActions: [],
    found: { hits: [], sessions: [], kinds: [] },
    isSound: true,
    isFruitless: false,
    ...content,
  })
}
function shown(content: Partial<PaletteContent>) {
  const entries = entriesOf(content)
  const text = (parts: { text: string; isHit: boolean }[]) =>
    parts.map((part) => (part.isHit ? `[${part.text}]` : part.text)).join('')
  return entries.map(({ group, parts }) => `${group}: ${text(parts)}`)
}

test('without a query what is saved, recent and can be done is offered, what was done last first', () => {
  expect(shown({ recentActions: ['live', 'pause'] })).toEqual([
    'Recent: First',
    'Saved: Failed',
    'Actions: Live',
    'Actions: Pause recording',
    'Actions: New session…',
  ])
})

test('hits are grouped by kind, in a fixed order, with a way to more of them', () => {
  const hits = [
    hit('output', 'ok \ue000clock\ue001'),
    hit('prompt', 'a\n\n \ue000clock\ue001'),
    hit('command', 'rg \ue000clock\ue001'),
    hit('file', '+ \ue000clock\ue001'),
  ]
  const kinds = [
    { kind: 'output' as const, total: 7 },
    { kind: 'prompt' as const, total: 1 },
    { kind: 'command' as const, total: 1 },
    { kind: 'file' as const, total: 1 },
  ]
  expect(
    shown({ query: 'clock', actions: [], found: { hits, kinds, sessions: [session('s1', 'Fake clock')] } }),
  ).toEqual([
    'Sessions: Fake [clock]',
    'Prompts: a [clock]',
    'Commands: rg [clock]',
    'Files: + [clock]',
    'Output: ok [clock]',
    'Output: Show more of output',
    'Actions: Show matching sessions in the list',
    'Actions: Save this search…',
  ])
})

test('where nothing was found no empty list is offered, and keeping the search has to be meant', () => {
  const content = { query: 'zzz', actions: [], saved: [], isFruitless: true }
  expect(shown(content)).toEqual(['Actions: Save this search…'])
  expect(firstChosen(entriesOf(content))).toBe(-1)
  expect(firstChosen(entriesOf({ ...content, query: 'pause', actions }))).toBe(0)
})

test('actions and saved searches are found by their letters, and by what others call them', () => {
  expect(shown({ query: 'pr', isSound: false })).toEqual(['Actions: [P]ause [r]ecording'])
  expect(shown({ query: 'start', isSound: false })).toEqual(['Actions: New session…'])
  expect(shown({ query: 'fail', isSound: false })).toEqual(['Saved: [Fail]ed'])
})

test('a key that is being typed comes first, a word that may become one last', () => {
  const completion = { text: 'status:failed', hint: '', query: 'status:failed ', isWhole: true }
  const content = { completions: [completion], saved: [], isSound: false }
  const found = { hits: [hit('prompt', 'x')], kinds: [{ kind: 'prompt' as const, total: 1 }], sessions: [] }
  expect(shown({ ...content, query: 'status:', found })).toEqual(['Narrow by: status:failed', 'Prompts: x'])
  expect(shown({ ...content, query: 'fai', found })).toEqual(['Prompts: x', 'Narrow by: status:failed'])
})

test('what was said is shown without the marks of Markdown, but where what was found is in them', () => {
  const hits = [
    hit('answer', '| a | **the \ue000clock\ue001** |'),
    hit('thought', '[docs](https://\ue000clock\ue001.example)'),
    hit('output', '| a | **the \ue000clock\ue001** |'),
  ]
  const entries = shown({ query: 'clock', found: { hits, sessions: [], kinds: [] }, actions: [] })
  expect(entries.slice(0, 3)).toEqual([
    'Answers: a · the [clock]',
    'Output: | a | **the [clock]** |',
    'Thoughts: [docs](https://[clock].example)',
  ])
})

test('each hit says what it is of, in words and not in the syntax of calls and patches', () => {
  const found = (...hits: SearchHit[]) =>
    listEntries({
      query: 'clock',
      completions: [],
      recent: [],
      saved: [],
      actions: [],
      recentActions: [],
      found: { hits, sessions: [], kinds: [] },
      isSound: false,
      isFruitless: false,
    }).map(({ lead, sign, parts }) => [lead, sign, parts.map(({ text }) => text).join('')])
  const clock = '\ue000clock\ue001'
  const call = (tool: string, snippet: string) => ({ ...hit('command', snippet), tool })
  expect(
    found(
      { ...hit('file', `a ${clock}`), file: { path: 'src/a.ts', line: 'added' } },
      { ...hit('file', `a ${clock}`), file: { path: 'src/a.ts', line: 'removed' } },
      { ...hit('file', `src/${clock}.ts`), file: { path: 'src/clock.ts', line: 'name' } },
    ),
  ).toEqual([
    ['src/a.ts', '+', 'a clock'],
    ['src/a.ts', '−', 'a clock'],
    [undefined, undefined, 'src/clock.ts'],
  ])
  expect(
    found(
      call('web_search', `{"query":"fake ${clock} in \\"tests\\""}`),
      call('mcp__docs__find', `…"words":["${clock}","time"],"max":3}`),
      call('exec_command', `echo '{"a":"${clock}"}'`),
      { ...hit('output', clock), tool: 'mcp__docs__find' },
    ),
  ).toEqual([
    ['Web search', undefined, 'query: fake clock in tests'],
    ['docs · find', undefined, '…words: clock, time, max: 3'],
    [undefined, undefined, `echo '{"a":"clock"}'`],
    ['docs · find', undefined, 'clock'],
  ])
  expect(found(hit('answer', `A ${clock} ends. | step | where | | --- | --- | | begin | here |`))).toEqual([
    [undefined, undefined, 'A clock ends. · step · where · begin · here ·'],
  ])
})
