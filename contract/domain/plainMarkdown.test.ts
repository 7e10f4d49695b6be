import { expect, test } from 'vitest'
import { plainMarkdown } from './plainMarkdown.ts'

test.each([
  ['**Both** tests *pass*, __really__ and _truly_.', 'Both tests pass, really and truly.'],
  ['## Two clocks ##', 'Two clocks'],
  ['see [the docs](https://a.example/x_(y) "Title") and <https://b.example>', 'see the docs and https://b.example'],
  ['![a picture](data:image/png;base64,AAAA) here', 'a picture here'],
  ['[by name][docs]\n\n[docs]: https://a.example', 'by name'],
  ['> > quoted', 'quoted'],
  ['- one\n  - two\n1. three', '• one\n  • two\n1. three'],
  ['- [ ] open\n- [x] done', '☐ open\n☑ done'],
  ['above\n\n---\n\nbelow', 'above\n\n\nbelow'],
  ['~~gone~~', 'gone'],
  ['Heading\n=====', 'Heading'],
])('%j reads %j', (text, plain) => {
  expect(plainMarkdown(text)).toBe(plain)
})

test('a table reads row by row, without its rules and bars', () => {
  const table = '| when | `isExpired` |\n| :--- | ---: |\n| at **the end** | `a || b` |\n| with \\| in it | |'
  expect(plainMarkdown(table)).toBe('when · isExpired\nat the end · a · b\nwith | in it')
})

test('a table without outer bars loses its rule', () => {
  expect(plainMarkdown('a | b\n--- | ---\n1 | 2')).toBe('a | b\n1 | 2')
})

test('code says what it says', () => {
  expect(plainMarkdown('run `**x** _y_` and ``a ` b``')).toBe('run **x** _y_ and a ` b')
  expect(plainMarkdown('```js\nconst a = b ** c // _d_\n# no heading\n```\nafter')).toBe(
    'const a = b ** c // _d_\n# no heading\nafter',
  )
})

test('what only looks like a mark stays', () => {
  const texts = ['snake_case_name', '2 * 3 * 4', 'a[0] (x)', '#hash', 'x < y > z', 'a -- b', '-5', '{{a}} [ ]', '**']
  expect(texts.map(plainMarkdown)).toEqual([...texts.slice(0, -1), ''])
})

test('escaped marks are themselves', () => {
  expect(plainMarkdown('2 \\* 3 and \\_x\\_')).toBe('2 * 3 and _x_')
})

test('what is still being written loses its open marks', () => {
  expect(plainMarkdown('**Both te')).toBe('Both te')
  expect(plainMarkdown('see [the docs](https://a.exam')).toBe('see the docs')
  expect(plainMarkdown('run `npm te')).toBe('run npm te')
  expect(plainMarkdown('| a | b')).toBe('a · b')
})

test('what others nest or leave open ends soon', () => {
  for (const part of [
    '[',
    '`',
    '*',
    '_',
    '![](',
    '| ',
    '> ',
    '- ',
    '<https:',
    '\\',
    '**_`',
    ' _a',
    '[a](',
    '-|',
    '#',
  ]) {
    expect(plainMarkdown(part.repeat(1_000_000 / part.length)).length).toBeLessThanOrEqual(10_000)
  }
})
