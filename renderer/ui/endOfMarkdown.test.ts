import { expect, test } from 'vitest'
import { endOfMarkdown } from './endOfMarkdown.ts'

const lines = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n')

test('what is short stays whole, what is long is cut where a line begins', () => {
  expect(endOfMarkdown('Short.', 1_000)).toBe('Short.')
  const long = lines(400, (n) => `line ${n}`)
  const end = endOfMarkdown(long, 1_000)
  expect(end.length).toBeLessThanOrEqual(1_000)
  expect(end).toMatch(/^line \d+\n/)
  expect(long.endsWith(end)).toBe(true)
})

test('a cut within code or a table leaves the rest what it is', () => {
  const code = endOfMarkdown(`Before.\n\n\`\`\`ts\n${lines(300, (n) => `  const a${n} = ${n}`)}`, 1_000)
  expect(code).toMatch(/^```ts\n {2}const a\d+ = \d+\n/)
  const table = endOfMarkdown(`Before.\n\n| a | b |\n| --- | --- |\n${lines(300, (n) => `| ${n} | x |`)}`, 1_000)
  expect(table).toMatch(/^\| a \| b \|\n\| --- \| --- \|\n\| \d+ \| x \|\n/)
  const closed = endOfMarkdown(`\`\`\`\ncode\n\`\`\`\n${lines(300, (n) => `line ${n}`)}`, 1_000)
  expect(closed).toMatch(/^line \d+\n/)
})

test('what is indented is not cut off from what it belongs to, lest it read as code', () => {
  const list = lines(300, (n) => `- item ${n}\n      goes on\n      and on`)
  for (let more = 0; more < 30; more += 1) expect(endOfMarkdown(list + '.'.repeat(more), 1_000)).toMatch(/^- item/)
})

test('a single long line is cut between words, and never within a character', () => {
  expect(endOfMarkdown('word '.repeat(600), 1_000)).toMatch(/^word word/)
  const end = endOfMarkdown(`a${'😀'.repeat(2_000)}`, 1_000)
  expect(end).toBe('😀'.repeat(end.length / 2))
})

test('the cut stands still while a few words are added', () => {
  const long = 'word '.repeat(600)
  const [before, after] = [endOfMarkdown(`${long}x`, 1_000), endOfMarkdown(`${long}x and more`, 1_000)]
  expect(after).toBe(`${before} and more`)
})
