import { expect, test } from 'vitest'
import { sampleSession } from '../../../contract/domain/sampleSession.ts'
import type { Session } from '../../../contract/domain/session.ts'
import type { Item, Turn } from '../../../contract/domain/turn.ts'
import { describeHits, describeSession, describeSessions } from './describe.ts'
import { defuse, oneLine } from './terminal.ts'

const usage = {
  inputTokens: 61_200,
  cachedInputTokens: 57_000,
  outputTokens: 1_100,
  reasoningTokens: 0,
  totalTokens: 62_300,
}
const session: Session = sampleSession('s1', {
  title: 'Fix the test\u001b[31m',
  cwd: '/src/api',
  startedAt: 0,
  updatedAt: 60_000,
  status: 'completed',
  model: 'gpt-6.1-sol',
  accountMode: 'chatgpt',
  credential: 'codexLogin',
  turnCount: 1,
  exchangeCount: 2,
  usage,
  apiEquivalentUsd: null,
  durationMs: 0,
  hasEdits: false,
  hasErrors: false,
  isStarred: false,
  tags: [],
  note: '',
  errorMessage: null,
  threads: [],
  seq: 1,
})
const base = { exchangeId: 'e1', at: 0 }
const call: Item = {
  ...base,
  id: 'i2',
  type: 'toolCall',
  callId: 'c1',
  name: 'exec',
  input: '…',
  output: 'a\nb\u001b]0;owned\u0007',
  status: 'completed',
  durationMs: 200,
  exitCode: 0,
  commands: ['rg -n x'],
  patch: null,
}
const turn: Turn = {
  id: 't1',
  threadId: 's1',
  sessionId: 's1',
  prompt: 'make it deterministic',
  status: 'completed',
  startedAt: 0,
  endedAt: 48_000,
  model: 'gpt-6.1-sol',
  usage,
  items: [
    { ...base, id: 'i1', type: 'userMessage', text: 'make it deterministic', images: [] },
    call,
    { ...base, id: 'i3', type: 'assistantMessage', text: 'Done:\n```js\n1\n```' },
  ],
  exchanges: [],
  seq: 1,
}

test('a list of sessions tells what, when, how much and the id to go on with', () => {
  expect(describeSessions([session], 3, { now: 360_000, columns: null })).toBe(
    '✓ Fix the test\n  5 min ago · 1 turn · 62 k tok · gpt-6.1-sol · /src/api\n  s1\n\n1 of 3; --limit shows more.',
  )
})

test('a list keeps to the width of the terminal, and of a folder its end', () => {
  const long = { ...session, title: 'a word '.repeat(20), cwd: '/srv/a/very/long/way/to/what-is-worked-on/checkout' }
  expect(describeSessions([long], 1, { now: 360_000, columns: 60 }).split('\n')).toEqual([
    `✓ ${'a word '.repeat(9).slice(0, 57)}…`,
    '  s1 · 5 min ago · 1 turn · 62 k tok · gpt-6.1-sol · …ked-on/checkout',
  ])
})

test('in a terminal an id is as short as can be typed, and whole for other programs', () => {
  const id = '019a3f21-7c00-7000-8000-00005b7c3d2e'
  const list = (columns: number | null) => describeSessions([{ ...session, id }], 1, { now: 360_000, columns })
  expect(list(80)).toBe('✓ Fix the test\n  5b7c3d2e · 5 min ago · 1 turn · 62 k tok · gpt-6.1-sol · /src/api')
  expect(list(null)).toContain(`\n  ${id}`)
  const hit = {
    ...{ sessionId: 's1', sessionTitle: 'Fix', turnId: id, itemId: 'i1', type: 'toolCall', at: 0 },
    ...{ kind: 'command' as const, snippet: 'one two three \ue000four\ue001 five six' },
  }
  expect(describeHits([hit], 1, { hasBold: false, now: 300_000, columns: 24 })).toBe(
    'Fix\n  5b7c3d2e · command · 5 min ago\n  one two three four\n  five six\n\n1 found.',
  )
})

test('a session reads as a conversation', () => {
  expect(describeSession({ ...session, plan: 'plus' }, [turn])).toBe(
    [
      '✓ Fix the test',
      'gpt-6.1-sol · ChatGPT Plus · /src/api',
      's1',
      '',
      'You       make it deterministic',
      'Ran       rg -n x (exit 0)',
      '          │ a',
      '          │ b',
      'Codex     Done:',
      '          ```js',
      '          1',
      '          ```',
      '── ✓ 48 s · 61 k in (57 k cached) · 1.1 k out ──',
    ].join('\n'),
  )
})

test('a session says what signed its last request, and why it was the key', () => {
  const headOf = (more: Partial<Session>) => describeSession({ ...session, ...more }, []).split('\n')[1]
  expect([
    headOf({}),
    headOf({ plan: 'self_serve_business' }),
    headOf({ accountMode: 'apiKey', credential: 'keyAtLimit', plan: 'plus' }),
    headOf({ accountMode: null, credential: null }),
  ]).toEqual([
    'gpt-6.1-sol · ChatGPT sign-in · /src/api',
    'gpt-6.1-sol · ChatGPT Self serve business · /src/api',
    'gpt-6.1-sol · API key (the plan’s limit was reached) · /src/api',
    'gpt-6.1-sol · /src/api',
  ])
})

test('prose keeps to the width of the terminal, and what ran can be copied in one piece', () => {
  const command = `rg -n ${'x'.repeat(20)} -- ${'y'.repeat(20)}`
  const said = {
    ...turn,
    items: [
      { ...base, id: 'i1', type: 'userMessage' as const, text: 'one two three four five six', images: [] },
      { ...call, commands: [command], output: null, exitCode: null },
    ],
  }
  expect(describeSession(session, [said], 30).split('\n').slice(-4, -1)).toEqual([
    'You       one two three four',
    '          five six',
    `Ran       ${command}`,
  ])
})

test('a thought is told without the marks of its Markdown, and whole however long it is', () => {
  const long = `**On and on**\n\n${'word '.repeat(3_000)}end`
  const thought = (id: string, text: string) => ({ ...base, id, type: 'reasoning' as const, text, encrypted: true })
  const items = [thought('i1', '**Looking for `now`**\n\nIt is read *twice*.'), thought('i2', ''), thought('i3', long)]
  const lines = describeSession(session, [{ ...turn, items }])
    .split('\n')
    .slice(-8, -1)
  expect(lines).toEqual([
    'Thought   Looking for now',
    '          ',
    '          It is read twice.',
    'Thought   (encrypted)',
    'Thought   **On and on**',
    '          ',
    `          ${'word '.repeat(3_000)}end`,
  ])
})

test('pictures are named', () => {
  const picture = { name: 'a\u001b[2J.png', mediaType: 'image/png', bytes: 9, width: 64, height: 40, problem: null }
  const source = { exchangeId: 'e1', side: 'input' as const, index: 0, nth: 0 }
  const pictures = [
    { ...picture, source },
    { ...picture, name: null, mediaType: 'image/svg+xml', width: null, height: null, source },
  ]
  const viewed = { ...turn, items: [{ ...call, output: '', exitCode: null, pictures }] }
  expect(describeSession(session, [viewed])).toContain(
    '\nRan       rg -n x\n          [picture: a.png, 64 × 40 px]\n          [picture: image/svg+xml]\n',
  )
})

test('captured text cannot steer the terminal', () => {
  expect(defuse('a\u001b[2Jb\u001b]52;c;ZXZpbA==\u0007c\rd\u202ee\u009b1mf')).toBe('abcdef')
  expect(defuse('tab\tand\nline')).toBe('tab\tand\nline')
  expect(oneLine('a\n  b', 10)).toBe('a b')
  expect(oneLine('abcdefghijk', 5)).toBe('abcd…')
})

test('hits show what they are in, when and where, bold only where there is a terminal', () => {
  const now = 300_000
  const hit = {
    sessionId: 's1',
    sessionTitle: 'Fix',
    turnId: 't1',
    itemId: 'i1',
    type: 'toolCall',
    kind: 'command' as const,
    at: 0,
    snippet: 'a \ue000b\ue001 c',
  }
  expect(describeHits([hit], 1, { hasBold: false, now, columns: null })).toBe(
    'Fix\n  command · 5 min ago\n  a b c\n  t1\n\n1 found.',
  )
  expect(describeHits([hit], 9, { hasBold: true, now, columns: null })).toBe(
    'Fix\n  command · 5 min ago\n  a \u001b[1mb\u001b[22m c\n  t1\n\n1 of 9 found; --limit shows more.',
  )
  expect(describeHits([hit], 1_000, { hasBold: false, now, columns: null })).toContain('1 of 1,000+ found')
  const inFile = { ...hit, file: { path: 'src/a.ts', line: 'added' as const } }
  expect(describeHits([inFile], 1, { hasBold: false, now, columns: null })).toBe(
    'Fix\n  command · 5 min ago\n  src/a.ts: a b c\n  t1\n\n1 found.',
  )
  const cut = { ...hit, snippet: `\ue000${'b'.repeat(300)}\ue001` }
  expect(describeHits([cut], 1, { hasBold: true, now, columns: null })).toContain('…\u001b[22m\n')
  const answer = { ...hit, kind: 'answer' as const, snippet: 'a **very \ue000b\ue001** `c`' }
  expect(describeHits([answer], 1, { hasBold: false, now, columns: null })).toBe(
    'Fix\n  answer · 5 min ago\n  a very b c\n  t1\n\n1 found.',
  )
})
