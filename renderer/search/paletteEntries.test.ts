import { expect, test } from 'vitest'
import type { SearchHit } from '../../contract/domain/search.ts'
import type { Session } from '../../contract/domain/session.ts'
import { noUsage } from '../../contract/domain/usage.ts'
import { listEntries } from './paletteEntries.ts'

function session(id: string, title: string): Session {
  return {
    id,
    title,
    cwd: '/srv/api',
    startedAt: 1,
    updatedAt: 2,
    status: 'completed',
    model: null,
    accountMode: null,
    credential: null,
    turnCount: 1,
    exchangeCount: 1,
    usage: noUsage,
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
  }
}
function hit(type: string, snippet: string): SearchHit {
  return { sessionId: 's1', sessionTitle: 'Title', turnId: 't1', itemId: type, type, kind: 'other', at: 3, snippet }
}

test('without a query the recent sessions and the commands are offered', () => {
  const entries = listEntries('', [session('s1', 'First')], [])
  expect(entries.map(({ group, id }) => [group, id])).toEqual([
    ['Recent', 'session s1'],
    ['Tapedeck', 'command newSession'],
    ['Tapedeck', 'command live'],
    ['Tapedeck', 'command sessions'],
    ['Tapedeck', 'command usage'],
    ['Tapedeck', 'command settings'],
    ['Tapedeck', 'command shortcuts'],
  ])
})

test('hits are grouped by kind, in a fixed order, and titles that match come first', () => {
  const hits = [
    hit('toolCall', 'rg \ue000clock\ue001'),
    hit('userMessage', 'a\n\n \ue000clock\ue001'),
    hit('somethingNew', 'x'),
  ]
  const entries = listEntries('clock', [session('s1', 'Fake clock'), session('s2', 'Other')], hits)
  expect(entries.map(({ group, parts }) => [group, parts.map((part) => part.text).join('|')])).toEqual([
    ['Sessions', 'Fake |clock'],
    ['Prompts', 'a |clock'],
    ['Commands and output', 'rg |clock'],
    ['Other', 'x'],
  ])
})
