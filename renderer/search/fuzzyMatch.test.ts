import { expect, test } from 'vitest'
import { fuzzyMatch } from './fuzzyMatch.ts'

const marked = (typed: string, name: string) =>
  fuzzyMatch(typed, name)
    ?.parts.map(({ text, isHit }) => (isHit ? `[${text}]` : text))
    .join('')

test('letters are found in their order, at the begin of words where they fit', () => {
  expect(marked('rit', 'Resume in terminal')).toBe('[R]esume [i]n [t]erminal')
  expect(marked('term', 'Resume in terminal')).toBe('Resume in [term]inal')
  expect(marked('pause rec', 'Pause recording')).toBe('[Pause] [rec]ording')
  expect(marked('xyz', 'Resume in terminal')).toBeUndefined()
  expect(marked('eml', 'Resume in terminal')).toBeUndefined()
  expect(marked('', 'Resume')).toBeUndefined()
})

test('what begins with it is better than what has it somewhere, and that than what has its letters', () => {
  const score = (name: string) => fuzzyMatch('set', name)?.score ?? -Infinity
  expect(score('Settings')).toBeGreaterThan(score('The reset'))
  expect(score('The reset')).toBeGreaterThan(score('As we met'))
})
