import { expect, test } from 'vitest'
import { completeQuery } from './completeQuery.ts'

const known = {
  models: ['gpt-5.5', 'gpt-6.1-sol'],
  tools: ['exec', 'update_plan'],
  tags: ['later', 'my tag'],
  folders: ['/home/me/src/api', '/srv/my web'],
}
const offered = (typed: string) => completeQuery(typed, known).map(({ query }) => query)

test('a key is completed, and waits for its value', () => {
  expect(completeQuery('clock sta', known)).toEqual([
    { text: 'status:', hint: 'how it ended', query: 'clock status:', isWhole: false },
    { text: 'is:starred', hint: 'with a star', query: 'clock is:starred ', isWhole: true },
  ])
  expect(offered('-t')).toEqual(['-tool:', '-tag:'])
  expect(offered('xyz')).toEqual([])
})

test('a value is completed from what there is, in quotes where it has to be, and ends with a space', () => {
  expect(offered('model:')).toEqual(['model:gpt-5.5 ', 'model:gpt-6.1-sol '])
  expect(offered('clock MODEL:sol')).toEqual(['clock model:gpt-6.1-sol '])
  expect(offered('tag:"my')).toEqual(['tag:"my tag" '])
  expect(offered('-cwd:web')).toEqual(['-cwd:"/srv/my web" '])
  expect(offered('tool:pl')).toEqual(['tool:update_plan '])
  expect(offered('after:y')).toEqual(['after:yesterday ', 'after:today '])
  expect(offered('account:')).toEqual(['account:chatgpt ', 'account:key '])
})

test('alternatives go on behind a comma, also of those in quotes', () => {
  expect(offered('status:failed,ab')).toEqual(['status:failed,aborted '])
  expect(offered('tag:"my tag",la')).toEqual(['tag:"my tag",later '])
  expect(offered('tag:later,"my')).toEqual(['tag:later,"my tag" '])
  const quoted = { ...known, tags: ['say "hi", then'] }
  expect(completeQuery('tag:"say ""hi"",', quoted).map(({ query }) => query)).toEqual(['tag:"say ""hi"", then" '])
})

test('a value that is a part of another one is offered by itself too, as is what is asked for exactly', () => {
  const more = { ...known, models: ['gpt-5', 'gpt-5.5'] }
  expect(completeQuery('model:gpt', more).map(({ text, hint }) => [text, hint])).toEqual([
    ['model:gpt-5', ''],
    ['model:=gpt-5', 'this one alone'],
    ['model:gpt-5.5', ''],
  ])
  const queries = (typed: string) => completeQuery(typed, more).map(({ query }) => query)
  expect(queries('model:=')).toEqual(['model:=gpt-5 ', 'model:=gpt-5.5 '])
  expect(queries('-model:=gpt-5.5,=5.')).toEqual(['-model:=gpt-5.5,=gpt-5.5 '])
  expect(queries('tool:="upd')).toEqual(['tool:=update_plan '])
})

test('what cannot be excluded is not offered for it', () => {
  expect(offered('-aft')).toEqual([])
  expect(offered('-after:')).toEqual([])
  expect(offered('-before:to')).toEqual([])
})

test('a value is found by its name alone, a folder by that of its last part', () => {
  expect(offered('api')).toEqual(['cwd:/home/me/src/api '])
  expect(offered('home')).toEqual([])
  expect(offered('fail')).toEqual(['status:failed '])
})

test('nothing is offered behind a space, in a phrase or for what is no key; at the begin it is what is handy', () => {
  expect([offered('clock '), offered('"sta'), offered('https:')]).toEqual([[], [], []])
  expect(offered('')).toContain('is:starred ')
})
