import { expect, test } from 'vitest'
import { isTitleFor } from './isTitleFor.ts'
import { assistantSays, httpParts, reduce, requestOf, userSays } from './sampleTurn.ts'

const long = 'Please look at the owls. '.repeat(40)

test.each<[string, boolean, ReturnType<typeof userSays>, string, string?]>([
  ['the words are quoted', true, userSays('A title for:\n\nhello there\n\n'), ' hello there\n'],
  ['a long prompt is shortened', true, userSays(`A title for: ${long.slice(0, 300)}…`), long],
  ['the words are others', false, userSays('A title for: good bye'), 'hello'],
  ['somebody else says the words', false, assistantSays('hello'), 'hello'],
  ['nothing was said', false, userSays('A title for: '), ' '],
  ['another launch asks', false, userSays('hello'), 'hello', 'l2'],
])('a title belongs to a prompt or not: %s', (_name, expected, item, prompt, launchId = 'l1') => {
  const title = reduce(httpParts({ request: requestOf({ input: [item] }, { thread_source: 'thread_title' }) }))
  expect(isTitleFor(title, prompt, launchId)).toBe(expected)
})
