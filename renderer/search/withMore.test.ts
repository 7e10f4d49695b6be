import { expect, test } from 'vitest'
import type { SearchHit, SearchKind } from '../../contract/domain/search.ts'
import { type Found, withMore } from './withMore.ts'

const hit = (kind: SearchKind, itemId: string) => ({ kind, itemId }) as SearchHit
const found: Found = {
  hits: [hit('prompt', 'p1'), hit('answer', 'a1')],
  total: 20,
  kinds: [
    { kind: 'prompt', total: 9 },
    { kind: 'answer', total: 11 },
  ],
  sessions: [],
}

test('more of two kinds one after the other is more of both, and a list that ends says how long it is', () => {
  const prompts = withMore(found, 'prompt', { hits: [hit('prompt', 'p1'), hit('prompt', 'p2')], total: 9 }, 54)
  const both = withMore(prompts, 'answer', { hits: [hit('answer', 'a1'), hit('answer', 'a2')], total: 11 }, 2)
  expect(both.hits.map(({ itemId }) => itemId)).toEqual(['p1', 'p2', 'a1', 'a2'])
  expect(both.kinds).toEqual([
    { kind: 'prompt', total: 2 },
    { kind: 'answer', total: 11 },
  ])
})
