import { expect, test } from 'vitest'
import { splitWords } from './splitWords.ts'

test.each([
  ['xterm', ['xterm']],
  ['  kitty   --single-instance ', ['kitty', '--single-instance']],
  ['"/opt/My Term/term" -t \'a "b" c\'', ['/opt/My Term/term', '-t', 'a "b" c']],
  ['term --title="two words"', ['term', '--title=two words']],
  ['it"s', ['it"s']],
  ['', []],
])('%j is %j', (text, words) => {
  expect(splitWords(text)).toEqual(words)
})
