import { expect, test } from 'vitest'
import { isPlainEnough } from './markdown.ts'

test('what people and models write is laid out', () => {
  const paragraph =
    'Some *text* with `code`, a [link](https://a.example) and ~~more~~:\n\n> - one\n>   1. two\n\n| a | b |\n| - | - |\n'
  expect([paragraph, paragraph.repeat(200), '', '```\n`a`\n```'].map(isPlainEnough)).toEqual([true, true, true, true])
})

test.each([
  ['quotes in quotes', '>'.repeat(10_000)],
  ['quotes with spaces', 'first\n\n> '.repeat(1) + '> '.repeat(5_000)],
  ['lists in lists', '- '.repeat(5_000)],
  ['numbered lists', '1. '.repeat(3_000)],
  ['both in turns', '> - '.repeat(2_000)],
  ['lists by their indent', Array.from({ length: 600 }, (_, at) => `${' '.repeat(at * 2)}- a`).join('\n')],
  ['open emphasis', '*a_ '.repeat(20_000)],
  ['open brackets', '['.repeat(50_000)],
  ['pictures in pictures', '!['.repeat(20_000)],
  ['open strikes', '~~a '.repeat(20_000)],
  ['ticks of every length', Array.from({ length: 400 }, (_, at) => '`'.repeat(at + 1)).join(' ')],
  ['a huge table', `${'|a'.repeat(500)}|\n${'|-'.repeat(500)}|\n${`${'|x'.repeat(500)}|\n`.repeat(20)}`],
  ['a huge word', 'w'.repeat(1_000_000)],
])('%s stay a text', (_name, text) => {
  expect(isPlainEnough(text)).toBe(false)
})
