import { expect, test } from 'vitest'
import { forgetSearch, moveSearch, renameSearch, restoreSearch, saveSearch } from './savedSearches.ts'

const failed = { name: 'Failed', query: 'status:failed' }
const mine = { name: 'Mine', query: 'is:starred' }

test('a search is kept, and one of the same name takes its place', () => {
  expect(saveSearch([failed], mine)).toEqual([failed, mine])
  expect(saveSearch([failed, mine], { name: 'FAILED', query: 'has:errors' })).toEqual([
    { name: 'FAILED', query: 'has:errors' },
    mine,
  ])
})

test('what means nothing is not kept, and no more than a hundred are', () => {
  expect(() => saveSearch([], { name: 'x', query: 'status:x' })).toThrow('status: is live')
  const many = Array.from({ length: 100 }, (_, n) => ({ name: `${n}`, query: 'a' }))
  expect(() => saveSearch(many, mine)).toThrow('Remove one')
  expect(saveSearch(many, { name: '7', query: 'b' })[7]).toEqual({ name: '7', query: 'b' })
})

test('a search gets another name, but not that of another one, and is forgotten', () => {
  expect(renameSearch([failed, mine], 'failed', 'Broken')).toEqual([{ ...failed, name: 'Broken' }, mine])
  expect(renameSearch([failed], 'Failed', 'failed')).toEqual([{ ...failed, name: 'failed' }])
  expect(() => renameSearch([failed, mine], 'Failed', 'mine')).toThrow('Another search is called “mine” already.')
  expect(forgetSearch([failed, mine], 'Failed')).toEqual([mine])
  expect(() => forgetSearch([failed], 'none')).toThrow('No search is called “none”.')
})

test('a search changes places with its neighbour, and stays at an end', () => {
  const cut = { name: 'Cut', query: 'status:cut' }
  expect(moveSearch([failed, mine, cut], 'MINE', -1)).toEqual([mine, failed, cut])
  expect(moveSearch([failed, mine, cut], 'Mine', 1)).toEqual([failed, cut, mine])
  expect(moveSearch([failed, mine], 'Failed', -1)).toEqual([failed, mine])
  expect(moveSearch([failed, mine], 'Mine', 1)).toEqual([failed, mine])
  expect(() => moveSearch([failed], 'none', 1)).toThrow('No search is called “none”.')
})

test('a search that was removed comes back where it was, and replaces none', () => {
  const cut = { name: 'Cut', query: 'status:cut' }
  expect(restoreSearch(forgetSearch([failed, mine, cut], 'Mine'), mine, 1)).toEqual([failed, mine, cut])
  expect(restoreSearch([failed], mine, 7)).toEqual([failed, mine])
  expect(() => restoreSearch([failed, { ...mine, name: 'MINE' }], mine, 0)).toThrow('is called “Mine” by now')
  const many = Array.from({ length: 100 }, (_, n) => ({ name: `${n}`, query: 'a' }))
  expect(() => restoreSearch(many, mine, 0)).toThrow('Remove one')
})
