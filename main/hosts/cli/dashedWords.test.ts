import { Command } from 'commander'
import { expect, test } from 'vitest'
import { takeDashedWords } from './dashedWords.ts'

function parse(...args: string[]): { words: string[]; options: object } | string {
  let told = ''
  let heard: { words: string[]; options: object } | null = null
  const program = new Command('tapedeck').enablePositionalOptions().exitOverride()
  const search = program.command('search').argument('<query...>').option('--limit <n>').option('--json')
  takeDashedWords(search)
    .exitOverride()
    .configureOutput({ writeErr: (text) => (told += text), writeOut: (text) => (told += text) })
    .action((words: string[], options: object) => {
      heard = { words, options }
    })
  try {
    program.parse(['search', ...args], { from: 'user' })
  } catch {
    // What was told says it.
  }
  return heard ?? told
}

test('what begins with a dash is part of the query, wherever options stand', () => {
  expect(parse('-status:completed')).toEqual({ words: ['-status:completed'], options: {} })
  expect(parse('session', '-deterministic')).toEqual({ words: ['session', '-deterministic'], options: {} })
  expect(parse('--limit', '5', '-a', 'b', '--json')).toEqual({
    words: ['-a', 'b'],
    options: { limit: '5', json: true },
  })
  expect(parse('-a', '--limit=5', '-"b c"')).toEqual({ words: ['-a', '-"b c"'], options: { limit: '5' } })
})

test('behind -- all are words', () => {
  expect(parse('--', '--limit', '-a')).toEqual({ words: ['--limit', '-a'], options: {} })
  expect(parse('-a', '--', '--json')).toEqual({ words: ['-a', '--json'], options: {} })
})

test('a long option that is mistyped is refused with the right one, and help is help', () => {
  expect(parse('a', '--limti', '5')).toMatch(/unknown option '--limti'[\s\S]*Did you mean --limit\?/)
  expect(parse('-a', '--limti', '5')).toMatch(/unknown option '--limti'/)
  expect(parse('-h')).toContain('Usage:')
  expect(parse('-a', '--help')).toContain('Usage:')
})
