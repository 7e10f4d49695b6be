import { expect, test } from 'vitest'
import { highlight, languageOf } from './highlight.ts'

const tag = (code: string, language: string | null) =>
  highlight(code, language)
    .map(({ kind, text }) => (kind === 'plain' ? text : `<${kind}>${text}</>`))
    .join('')

test('words, quotes, numbers, calls and comments get a hue', () => {
  expect(tag('const a = login("x", 30_000) // why', 'ts')).toBe(
    '<keyword>const</> a = <name>login</>(<string>"x"</>, <number>30_000</>) <comment>// why</>',
  )
  expect(tag('def f(): # note\n  url = "a#b"', 'python')).toBe(
    '<keyword>def</> <name>f</>(): <comment># note</>\n  url = <string>"a#b"</>',
  )
})

test('the text is never changed, whatever it is', () => {
  const odd = '"unclosed \'quotes` /* and comments \u202e <b> \\'
  for (const language of ['ts', 'sh', 'nothing', null]) {
    expect(
      highlight(odd, language)
        .map(({ text }) => text)
        .join(''),
    ).toBe(odd)
  }
})

test('the language of a file comes from its name', () => {
  expect(['a/b.test.ts', 'Makefile', '.gitignore', 'LICENSE'].map(languageOf)).toEqual([
    'ts',
    'Makefile',
    'gitignore',
    null,
  ])
})
