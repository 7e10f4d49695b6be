import { expect, test } from 'vitest'
import type { Item, ToolCall, Turn } from '../../contract/domain/turn.ts'
import { sampleCall, sampleTurn } from '../inspector/sampleTurn.ts'
import { lastSteps, lastWords } from './turnEnd.ts'

let last = 0
const next = () => ({ id: `i${++last}`, exchangeId: 'x', at: last })
const said = (text: string): Item => ({ ...next(), type: 'assistantMessage', text })
const thought = (text: string): Item => ({ ...next(), type: 'reasoning', text, encrypted: false })
const ran = (command: string, more: Partial<ToolCall> = {}): Item => ({
  ...sampleCall(++last, 200),
  commands: [command],
  exitCode: 0,
  ...more,
})
const live = (items: Item[], more: Partial<Turn> = {}) => sampleTurn({ status: 'live', items, ...more })
const read = (turn: Turn, most = 8) => lastSteps(turn, most).map(({ outcome, text, end }) => [outcome, text, end])

test('the last words are Markdown as it was written, of all messages of the turn', () => {
  const table = '| when | why |\n| --- | --- |\n| at **the end** | strict |'
  expect(lastWords(live([said('First.'), ran('ls'), said(table)]))).toBe(`First.\n\n${table}`)
  expect(lastWords(live([ran('ls'), thought('Hm'), said(' ')]))).toBe('')
})

test('of what was said long ago nothing is read', () => {
  const long = lastWords(live([said('long ago'), said('word '.repeat(100_000)), said('The end.')]))
  expect(long.length).toBeLessThanOrEqual(1_200)
  expect(long).toMatch(/^word .*\n\nThe end\.$/s)
})

test('the last steps are calls and thoughts, without the one that runs now', () => {
  const items = [
    ran('too long ago'),
    thought('**Two clocks**\n\nThe test reads both.'),
    ran('npm test', { exitCode: 1 }),
    said('I see.'),
    ran('sleep 9', { status: 'running', exitCode: null, durationMs: null }),
    ran('sleep 8', { status: 'running', exitCode: null, durationMs: null }),
  ]
  expect(read(live(items), 3)).toEqual([
    [null, 'Two clocks', null],
    ['failed', 'npm test', 'exit 1'],
    ['running', 'sleep 9', null],
  ])
  // Of a turn that ended nothing runs: how its last calls ended is not known.
  expect(read(sampleTurn({ status: 'cut', items }), 2)).toEqual([
    ['unknown', 'sleep 9', null],
    ['unknown', 'sleep 8', null],
  ])
})

test('what is no command is named in words', () => {
  const call = (name: string, input: string) => ran('', { name, input, commands: [] })
  const turn = live([
    call('web_search', '{"query":"fake timers"}'),
    call('mcp__icons__check', '{}'),
    call('update_plan', '{"plan":[{"step":"Look","status":"completed"},{"step":"Mend","status":"in_progress"}]}'),
  ])
  expect(lastSteps(turn, 8).map(({ text, isCode }) => [text, isCode])).toEqual([
    ['Web search · fake timers', false],
    ['icons · check', false],
    ['Plan · Mend', false],
  ])
})
