import { expect, test } from 'vitest'
import { sampleSession } from '../../contract/domain/sampleSession.ts'
import type { Session } from '../../contract/domain/session.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import { changeBetween } from '../../contract/domain/turnChange.ts'
import { noUsage } from '../../contract/domain/usage.ts'
import { sampleAccount } from '../account/sampleAccount.ts'
import { chooseChunk } from './chooseChunk.ts'
import { type Conversation, emptyConversation } from './conversation.ts'
import { applyPage, applySnapshot } from './listings.ts'
import {
  type AppState,
  applyConversation,
  applyNotification,
  applyTurns,
  forgetEpoch,
  initialState,
  setConversation,
} from './state.ts'

function session(id: string, seq: number, more: Partial<Session> = {}): Session {
  return sampleSession(id, { title: `Session ${id}`, startedAt: 1_000, updatedAt: 1_000, seq, ...more })
}

function turn(id: string, seq: number, sessionId = 's1'): Turn {
  return {
    id,
    threadId: sessionId,
    sessionId,
    prompt: '',
    status: 'live',
    startedAt: 1_000,
    endedAt: null,
    model: null,
    usage: noUsage,
    items: [],
    exchanges: [],
    seq,
  }
}

function updated(value: Session) {
  return { method: 'session/updated', params: { session: value, seq: value.seq } } as const
}
function deleted(id: string, seq: number) {
  return { method: 'session/deleted', params: { id, seq } } as const
}
function turned(value: Turn) {
  return { method: 'turn/updated', params: { change: changeBetween(null, value), seq: value.seq } } as const
}

/** What leads from one version of a turn to another. */
function changed(before: Turn, value: Turn) {
  return { method: 'turn/updated', params: { change: changeBetween(before, value), seq: value.seq } } as const
}

function page(sessions: Session[], seq: number, nextCursor: string | null = null) {
  return { sessions, total: sessions.length, nextCursor, seq }
}

const watching: AppState = setConversation(initialState, 's1', { ...emptyConversation, state: 'ready' })

test('a newer version replaces an older one, across gaps in the numbers', () => {
  const state = [session('s1', 3), session('s1', 9, { title: 'Newer' })]
    .map(updated)
    .reduce(applyNotification, watching)
  expect(state.sessions).toEqual({ s1: session('s1', 9, { title: 'Newer' }) })
  expect(state.archiveSeq).toBe(9)
})

test('a duplicate and an older version change nothing, not even the object', () => {
  const state = applyNotification(watching, turned(turn('t1', 7)))
  expect(applyNotification(state, turned(turn('t1', 7)))).toBe(state)
  expect(applyNotification(state, turned(turn('t1', 6)))).toBe(state)
})

test('turns of a conversation that nobody looks at are not kept', () => {
  const state = applyNotification(watching, turned(turn('t1', 7, 'other')))
  expect(state.conversations).toEqual(watching.conversations)
})

test('an older snapshot does not undo what a notification told', () => {
  const live = applyNotification(watching, turned(turn('t1', 8)))
  const state = applyConversation(live, {
    session: session('s1', 5),
    turns: [turn('t1', 5), turn('t0', 4)],
    outline: [],
    seq: 5,
  })
  expect(state.conversations.s1).toEqual({
    ...emptyConversation,
    state: 'ready',
    turns: { t1: turn('t1', 8), t0: turn('t0', 4) },
  })
})

test('a turn that began after the snapshot was made survives it, one that vanished before does not', () => {
  const live = [turned(turn('gone', 3)), turned(turn('new', 9))].reduce(applyNotification, watching)
  const state = applyConversation(live, { session: session('s1', 5), turns: [], outline: [], seq: 5 })
  expect(Object.keys(state.conversations.s1?.turns ?? {})).toEqual(['new'])
})

const outlineOf = (id: string, startedAt = 1_000) => {
  const { items: _items, exchanges: _exchanges, seq: _seq, ...outline } = turn(id, 0)
  return { ...outline, startedAt }
}

test('of a part the rest is unread until it is read, told anew, or gone', () => {
  const part = {
    session: session('s1', 5),
    turns: [turn('t1', 5)],
    outline: ['a', 'b', 'c'].map((id) => outlineOf(id)),
    seq: 5,
  }
  const begun = applyConversation(watching, part)
  expect(Object.keys(begun.conversations.s1?.unread ?? {})).toEqual(['a', 'b', 'c'])
  const told = applyNotification(begun, turned(turn('b', 7)))
  expect(Object.keys(told.conversations.s1?.unread ?? {})).toEqual(['a', 'c'])
  // It was asked for before that was told.
  const read = applyTurns(told, 's1', ['a', 'b', 'c'], { turns: [turn('a', 4), turn('b', 4)], seq: 6 })
  expect(read.conversations.s1).toEqual({
    ...emptyConversation,
    state: 'ready',
    turns: { t1: turn('t1', 5), a: turn('a', 4), b: turn('b', 7) },
  })
})

test('what was read of a conversation stays while it is read again', () => {
  const before = [turned(turn('t1', 3)), turned(turn('a', 3)), turned(turn('gone', 3))].reduce(
    applyNotification,
    watching,
  )
  const again = { session: session('s1', 5), turns: [turn('t1', 5)], outline: [outlineOf('a')], seq: 5 }
  const state = applyConversation(before, again)
  expect(state.conversations.s1?.turns).toEqual({ t1: turn('t1', 5), a: turn('a', 3) })
  expect(Object.keys(state.conversations.s1?.unread ?? {})).toEqual(['a'])
  const read = applyTurns(state, 's1', ['a'], { turns: [], seq: 6 })
  expect(read.conversations.s1).toMatchObject({ turns: { t1: turn('t1', 5) }, unread: {} })
  expect(read.conversations.s1?.turns.a).toBeUndefined()
})

test('the rest is read around what is looked at, from one end where nothing is', () => {
  const outline = Array.from({ length: 200 }, (_, at) => outlineOf(`t${at}`, at))
  const begun = applyConversation(watching, { session: session('s1', 5), turns: [], outline, seq: 5 })
  const conversation = begun.conversations.s1 as Conversation
  expect(chooseChunk(conversation, null)).toEqual(outline.slice(0, 40).map(({ id }) => id))
  const around = chooseChunk(conversation, 't100')
  expect([around.length, around.includes('t99'), around.includes('t100')]).toEqual([40, true, true])
  expect(chooseChunk(conversation, 't199').at(-1)).toBe('t199')
  const read = applyTurns(begun, 's1', around, {
    turns: around.map((id) => ({ ...turn(id, 5), startedAt: 100 })),
    seq: 5,
  })
  const next = chooseChunk(read.conversations.s1 as Conversation, 't100')
  expect(next.filter((id) => around.includes(id))).toEqual([])
  expect(next).toContain('t89')
})

test('a change is put into the turn that it builds on, and what did not change stays the same object', () => {
  const item = (id: string) => ({ id, exchangeId: 'e', at: 1, type: 'assistantMessage' as const, text: id })
  const first = { ...turn('t1', 5), items: [item('a')] }
  const second = { ...first, items: [item('a'), item('b')], seq: 6 }
  const state = [turned(first), changed(first, second)].reduce(applyNotification, watching)
  expect(state.conversations.s1).toEqual({ ...emptyConversation, state: 'ready', turns: { t1: second } })
  expect(state.conversations.s1?.turns.t1?.items[0]).toBe(first.items[0])
})

test('where what a change builds on was missed the turn is to be read, shown as it was, and then brought up to date', () => {
  const missed = [changed(turn('t1', 7), turn('t1', 8)), changed(turn('t1', 8), turn('t1', 9))]
  const known = applyNotification(watching, turned(turn('t1', 5)))
  const state = missed.reduce(applyNotification, known)
  expect(state.conversations.s1?.turns).toEqual({ t1: turn('t1', 5) })
  expect(chooseChunk(state.conversations.s1 as Conversation, null)).toEqual(['t1'])
  const upToDate = { ...emptyConversation, state: 'ready', turns: { t1: turn('t1', 9) } }
  for (const read of [7, 8, 9]) {
    const after = applyTurns(state, 's1', ['t1'], { turns: [turn('t1', read)], seq: read })
    expect(after.conversations.s1).toEqual(upToDate)
    const anew = { session: session('s1', 5), turns: [turn('t1', read)], outline: [], seq: read }
    expect(applyConversation(state, anew).conversations.s1).toEqual(upToDate)
  }
  // All of it comes by itself.
  const whole = applyNotification(state, turned(turn('t1', 10)))
  expect(whole.conversations.s1).toEqual({ ...upToDate, turns: { t1: turn('t1', 10) } })
})

test('an answer from before what a change builds on is not enough, and a turn that is gone is not waited for', () => {
  const state = applyNotification(watching, changed(turn('t1', 7), turn('t1', 8)))
  const early = applyTurns(state, 's1', ['t1'], { turns: [turn('t1', 6)], seq: 6 })
  expect(chooseChunk(early.conversations.s1 as Conversation, null)).toEqual(['t1'])
  const later = applyTurns(early, 's1', ['t1'], { turns: [turn('t1', 7)], seq: 7 })
  expect(later.conversations.s1).toEqual({ ...emptyConversation, state: 'ready', turns: { t1: turn('t1', 8) } })
  const gone = applyTurns(state, 's1', ['t1'], { turns: [], seq: 9 })
  expect(gone.conversations.s1).toEqual({ ...emptyConversation, state: 'ready' })
  const anew = applyConversation(state, { session: session('s1', 5), turns: [], outline: [], seq: 9 })
  expect(anew.conversations.s1).toEqual({ ...emptyConversation, state: 'ready' })
})

test('what runs and cannot be shown before is read first', () => {
  const outline = Array.from({ length: 200 }, (_, at) => outlineOf(`t${at}`, at))
  const begun = applyConversation(watching, { session: session('s1', 5), turns: [], outline, seq: 5 })
  const late = (seq: number) => ({ ...turn('t150', seq), startedAt: 150 })
  const state = applyNotification(begun, changed(late(6), late(7)))
  expect(chooseChunk(state.conversations.s1 as Conversation, 't20')).toContain('t150')
})

test('a late update does not bring back a deleted session, a later one does', () => {
  const known = applyPage(watching, page([session('s1', 4)], 4))
  const state = applyNotification(known, deleted('s1', 6))
  expect(state.sessions).toEqual({})
  expect(state.conversations).toEqual({})
  expect(state.listing.total).toBe(0)
  expect(applyNotification(state, updated(session('s1', 5))).sessions).toEqual({})
  expect(Object.keys(applyNotification(state, updated(session('s1', 7))).sessions)).toEqual(['s1'])
})

test('an old page does not bring back a deleted session', () => {
  const state = applyNotification(initialState, deleted('s1', 6))
  expect(applyPage(state, page([session('s1', 5)], 5)).sessions).toEqual({})
})

test('a list that is read anew drops what is not in it, but for what is newer or read by somebody', () => {
  const ids = ['stays', 'deleted', 'beyond', 's1']
  const before = applyPage(
    watching,
    page(
      ids.map((id) => session(id, 3)),
      3,
    ),
  )
  const told = applyNotification(before, updated(session('new', 9)))
  const state = applySnapshot(told, page([session('stays', 1), session('x', 4)], 4, 'more'), null)
  expect(Object.keys(state.sessions).sort()).toEqual(['new', 's1', 'stays', 'x'])
  expect(state.listing.nextCursor).toBe('more')
})

test('what others than the archive count does not count as its numbers', () => {
  const launched = { method: 'launch/updated' as const, params: { ids: [], privateCount: 0, seq: 900 } }
  expect(applyNotification(watching, launched).archiveSeq).toBe(0)
  expect(applyNotification(watching, deleted('x', 7)).archiveSeq).toBe(7)
})

test('a conversation that was deleted while it was read does not come back with the answer', () => {
  const state = applyNotification(applyPage(watching, page([session('s1', 5)], 5)), deleted('s1', 6))
  const late = { session: session('s1', 5), turns: [turn('t1', 5)], outline: [], seq: 5 }
  expect(applyConversation(state, late)).toBe(state)
})

test('after a new epoch lower numbers are news again', () => {
  const old = applyNotification(watching, turned(turn('t1', 700)))
  const state = applyNotification(forgetEpoch(old), turned(turn('t1', 2)))
  expect(state.conversations.s1?.turns).toEqual({ t1: turn('t1', 2) })
})

test('a notification of a kind that this page does not know is let pass', () => {
  const unknown = { method: 'limits/updated', params: { seq: 3 } } as unknown as ReturnType<typeof deleted>
  expect(applyNotification(watching, unknown)).toBe(watching)
})

test('of two words about the account the one with the higher number wins', () => {
  const told = (seq: number) =>
    ({ method: 'account/updated', params: { status: sampleAccount({ seq }), seq } }) as const
  const state = applyNotification({ ...initialState, accountProblem: 'no answer' }, told(5))
  expect([state.account, state.accountProblem]).toEqual([sampleAccount({ seq: 5 }), null])
  expect(applyNotification(state, told(5))).toBe(state)
  expect(applyNotification(state, told(4))).toBe(state)
  expect(applyNotification(state, told(6)).account).toEqual(sampleAccount({ seq: 6 }))
  expect(forgetEpoch(state).account).toBe(null)
})

test('which codexes are open is told whole, and what is older changes nothing', () => {
  const told = (ids: string[], seq: number) => ({
    method: 'launch/updated' as const,
    params: { ids, privateCount: 0, seq },
  })
  const state = applyNotification(initialState, told(['a', 'b'], 5))
  expect(state.launches).toEqual({ ids: ['a', 'b'], privateCount: 0, seq: 5 })
  expect(applyNotification(state, told(['a'], 4)).launches).toEqual({ ids: ['a', 'b'], privateCount: 0, seq: 5 })
  expect(applyNotification(state, told([], 6)).launches).toEqual({ ids: [], privateCount: 0, seq: 6 })
  expect(forgetEpoch(state).launches).toBeNull()
})
