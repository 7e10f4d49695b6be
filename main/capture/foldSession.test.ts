import { describe, expect, test } from 'vitest'
import { groupUsage, type PriceTable } from '../../contract/domain/price.ts'
import type { Thread } from '../../contract/domain/session.ts'
import { folderToGoOnIn, sessionSchema } from '../../contract/domain/session.ts'
import { noUsage } from '../../contract/domain/usage.ts'
import { foldSession, isRoot, noMarks, type SessionParts } from './foldSession.ts'
import { foldTurn } from './foldTurn.ts'
import type { ReducedExchange, TurnSummary } from './reduced.ts'
import { completed, httpParts, message, reduce, requestOf, socketParts, userSays } from './sampleTurn.ts'
import { summarizeTurn } from './summarizeTurn.ts'

const root: Thread = { id: 's1', parentThreadId: null, subagent: null, model: 'gpt-6.1-sol' }
const child: Thread = { id: 's2', parentThreadId: 's1', subagent: 'review', model: 'gpt-5.5' }
const usage = { inputTokens: 10, cachedInputTokens: 8, outputTokens: 4, reasoningTokens: 2, totalTokens: 14 }

const turn = (more: Partial<TurnSummary> = {}): TurnSummary => ({
  id: 't1',
  threadId: 's1',
  sessionId: 's1',
  prompt: 'What is here?',
  status: 'completed',
  startedAt: 1000,
  endedAt: 2000,
  model: 'gpt-6.1-sol',
  usage,
  thread: root,
  launchId: 'l1',
  cwd: '/home/ada',
  accountMode: 'chatgpt',
  credential: 'codexLogin',
  exchangeCount: 2,
  usageGroups: [],
  hasEdits: false,
  hasErrors: false,
  errorMessage: null,
  ...more,
})
const prices: PriceTable = { asOf: '', source: '', models: { big: { input: 10, cached: 1, output: 50 } } }
const environment = (folder: string) =>
  userSays(`<environment_context>\n  <cwd>${folder}</cwd>\n</environment_context>`)
const ofChild = (more: Partial<TurnSummary> = {}) =>
  turn({ id: 't2', threadId: 's2', thread: child, prompt: 'Count', ...more })

function fold(turns: TurnSummary[], more: Partial<SessionParts> = {}) {
  const session = foldSession({
    id: 's1',
    turns,
    looseExchanges: [],
    renamed: null,
    madeTitle: null,
    branch: null,
    prices,
    marks: noMarks,
    ...more,
  })
  if (!session) throw new Error('There is no session.')
  expect(sessionSchema.omit({ seq: true }).safeParse(session).error).toBe(undefined)
  return session
}

test('a session is its turns, with those of its sub-agents, and what belongs to none', () => {
  const prewarm = reduce(socketParts({ request: requestOf({ generate: false }), events: [completed()] }))
  const turns = [
    turn(),
    ofChild({ startedAt: 1500, endedAt: 5000, model: 'gpt-5.5' }),
    turn({
      id: 't3',
      startedAt: 3000,
      endedAt: 4000,
      cwd: '/b',
      model: 'gpt-7',
      accountMode: 'apiKey',
      credential: 'keyAtLimit',
      prompt: 'And there?',
    }),
  ]
  expect(fold(turns, { looseExchanges: [prewarm] })).toEqual({
    id: 's1',
    launchId: 'l1',
    title: 'What is here?',
    cwd: '/home/ada',
    startedAt: 1000,
    updatedAt: 5000,
    status: 'completed',
    model: 'gpt-7',
    accountMode: 'apiKey',
    credential: 'keyAtLimit',
    turnCount: 2,
    exchangeCount: 7,
    usage: { inputTokens: 130, cachedInputTokens: 104, outputTokens: 32, reasoningTokens: 13, totalTokens: 162 },
    apiEquivalentUsd: null,
    durationMs: 2000,
    hasEdits: false,
    hasErrors: false,
    isStarred: false,
    tags: [],
    note: '',
    errorMessage: null,
    threads: [root, child],
  })
})

test('what a live session waits for is the call that codex has not answered', () => {
  const openCall = { what: 'npm test', since: 1_500 }
  const live = turn({ status: 'live', endedAt: null, openCall })
  expect(fold([live]).openCall).toEqual(openCall)
  expect(fold([turn({ openCall })]).openCall).toBeUndefined()
  // A sub-agent that works is what the call waits for.
  expect(fold([live, ofChild({ status: 'live', endedAt: null })]).openCall).toBeUndefined()
  expect(fold([live, ofChild()]).openCall).toEqual(openCall)
})

test('it costs what its turns and loose exchanges cost, as far as there are prices', () => {
  const used = { ...noUsage, inputTokens: 100_000, cachedInputTokens: 50_000, totalTokens: 100_000 }
  const usageGroups = groupUsage([
    { model: 'big', usage: used },
    { model: 'unknown', usage: used },
  ])
  const warmed = reduce(httpParts())
  const loose = { ...warmed, exchange: { ...warmed.exchange, model: 'big', usage: used } }
  const turns = [turn({ usageGroups }), turn({ id: 't3', usageGroups })]
  expect(fold(turns, { looseExchanges: [loose] }).apiEquivalentUsd).toBeCloseTo(3 * 0.55)
})

test('a session stands where its last turn began', () => {
  const at = (commit: string) => turn({ git: { commit, hasChanges: true } })
  const git = { commit: 'b', hasChanges: true, branch: 'main' }
  expect(fold([at('a'), at('b'), turn()], { branch: 'main' }).git).toEqual(git)
  expect(fold([at('b')]).git).toEqual({ ...git, branch: null })
  expect(fold([turn()], { branch: 'main' }).git).toEqual({ commit: null, hasChanges: false, branch: 'main' })
  expect(fold([turn()])).not.toHaveProperty('git.branch')
})

test.each<[string, (string | null | undefined)[], string | undefined]>([
  ['where its last turn worked that told of it', ['/a', '/b', null], '/b'],
  ['in a folder of its repository', ['/home/ada/web', null], '/home/ada/web'],
  ['where it began, once it is back there', ['/home/ada', '/b', '/home/ada'], undefined],
  ['where it began, as far as rows of an older version tell', [undefined], undefined],
])('a session goes on %s, and is listed where it began', (_name, folders, goesOnIn) => {
  const turns = folders.map((workingFolder, at) => turn({ id: `t${at}`, cwd: '/home/ada', workingFolder }))
  const session = fold([...turns, ofChild({ workingFolder: '/of-a-sub-agent' })])
  expect(session.cwd).toBe('/home/ada')
  expect(session.goesOnIn).toBe(goesOnIn)
  expect(folderToGoOnIn(session)).toBe(goesOnIn ?? '/home/ada')
})

test('without a turn there is none', () => {
  expect(
    foldSession({
      id: 's1',
      turns: [],
      looseExchanges: [reduce(httpParts())],
      renamed: 'a',
      madeTitle: 'b',
      branch: null,
      prices,
      marks: noMarks,
    }),
  ).toBe(null)
})

test.each<[string, TurnSummary[], Partial<ReturnType<typeof fold>>]>([
  [
    'as its last turn, when that is over',
    [turn({ status: 'failed', errorMessage: 'No.' }), turn({ id: 't2' })],
    { status: 'completed', errorMessage: null },
  ],
  [
    'with what went wrong last',
    [turn(), turn({ id: 't2', status: 'failed', errorMessage: 'No.' })],
    { status: 'failed', errorMessage: 'No.' },
  ],
  [
    'live, while a sub-agent works',
    [turn({ status: 'failed', errorMessage: 'No.' }), ofChild({ status: 'live', endedAt: null, startedAt: 7000 })],
    { status: 'live', errorMessage: null, updatedAt: 7000 },
  ],
  [
    'as the user’s thread, whatever its sub-agents did last',
    [turn(), ofChild({ status: 'aborted' })],
    { status: 'completed', turnCount: 1 },
  ],
  [
    'as its sub-agents, when nothing else is known',
    [ofChild({ status: 'cut' })],
    { status: 'cut', turnCount: 1, title: 'Count', threads: [child] },
  ],
  ['where the first turn was that knows it', [turn({ cwd: null }), turn({ id: 't2', cwd: '/b' })], { cwd: '/b' }],
  [
    'a thread as its last turn knew it',
    [turn({ thread: { ...root, model: null } }), turn({ id: 't2' })],
    { threads: [root] },
  ],
])('a session stands %s', (_name, turns, expected) => {
  expect(fold(turns)).toMatchObject(expected)
})

describe('its title', () => {
  test.each<[string, TurnSummary[], Partial<SessionParts>, string]>([
    ['is the user’s', [turn()], { renamed: 'Mine', madeTitle: 'Made' }, 'Mine'],
    ['is codex’s', [turn()], { madeTitle: 'Made' }, 'Made'],
    [
      'is the first line of the first prompt that has words',
      [turn({ prompt: ' \n' }), turn({ id: 't2', prompt: '\n  Hello there  \nand more' })],
      {},
      'Hello there',
    ],
    ['is whole with eighty letters', [turn({ prompt: '🦉'.repeat(80) })], {}, '🦉'.repeat(80)],
    ['is shortened beyond, between letters', [turn({ prompt: `${'🦉'.repeat(78)} 🦉🦉` })], {}, `${'🦉'.repeat(78)}…`],
    ['is none for a prompt of pictures', [turn({ prompt: '' })], {}, 'Untitled'],
  ])('%s', (_name, turns, more, title) => {
    expect(fold(turns, more).title).toBe(title)
  })
})

test('a session may have any number of turns', () => {
  const turns = Array.from({ length: 150_000 }, (_, at) =>
    turn({ id: `t${at}`, startedAt: at, endedAt: at, usage: noUsage }),
  )
  expect(fold(turns)).toMatchObject({ startedAt: 0, updatedAt: 149_999, turnCount: 150_000 })
})

test('a root is nobody’s child', () => {
  expect([root, child, { ...root, subagent: 'review' }, { ...root, parentThreadId: 's0' }].map(isRoot)).toEqual([
    true,
    false,
    false,
    false,
  ])
})

test('a turn is summed up for its session', () => {
  const prewarm = reduce(
    socketParts({ id: 'x-1', request: requestOf({ generate: false }, { workspaces: {} }), events: [completed()] }),
  )
  const failed = reduce(
    socketParts({
      id: 'x-2',
      request: requestOf({ input: [environment('/a/web')] }, { workspaces: { '/a': {} } }),
      events: [{ type: 'error', message: 'No.' }],
    }),
  )
  const exchanges: ReducedExchange[] = [prewarm, failed]
  const folded = foldTurn(exchanges, { isOver: true })
  if (!folded) throw new Error('There is no turn.')
  const { items: _items, exchanges: _exchanges, ...rest } = folded
  expect(summarizeTurn(folded, exchanges)).toEqual({
    ...rest,
    thread: failed.thread,
    launchId: 'l1',
    cwd: '/a',
    workingFolder: '/a/web',
    git: null,
    accountMode: 'chatgpt',
    credential: 'codexLogin',
    plan: null,
    exchangeCount: 2,
    usageGroups: groupUsage(rest.usage.totalTokens > 0 ? [{ model: 'gpt-6.1-sol-2026', usage: rest.usage }] : []),
    hasEdits: false,
    hasErrors: true,
    errorMessage: 'No.',
  })
  const answered = [reduce(httpParts({ answer: { body: { output: [message] } } }))]
  const good = foldTurn(answered, { isOver: true })
  expect(good && summarizeTurn(good, answered).errorMessage).toBe(null)
})

test('the plan is the one that paid last, not that of a key', () => {
  const paidBy = (plan: string | null) => turn({ plan })
  expect(fold([turn()]).plan).toBe(undefined)
  expect(fold([paidBy('plus'), paidBy('pro')]).plan).toBe('pro')
  expect(fold([paidBy('plus'), paidBy(null)]).plan).toBe('plus')
  const refused = { type: 'error', status: 429, error: { type: 'usage_limit_reached', plan_type: 'team' } }
  const exchange = reduce(socketParts({ events: [refused] }))
  const other = reduce(socketParts({ events: [refused], head: { accountMode: 'apiKey' } }))
  const summaryOf = (...all: ReducedExchange[]) => {
    const folded = foldTurn(all, { isOver: true })
    return folded && summarizeTurn(folded, all).plan
  }
  expect([summaryOf(exchange), summaryOf(exchange, other), summaryOf(other)]).toEqual(['team', 'team', null])
})
