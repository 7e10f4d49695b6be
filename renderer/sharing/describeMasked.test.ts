import { expect, test } from 'vitest'
import { formatSize, groupMasked } from './describeMasked.ts'

test('each secret is one row, the gravest kind first, with the places where it stood', () => {
  expect(
    groupMasked([
      { kind: 'homePath', where: 'output', shown: '~', count: 3 },
      { kind: 'apiKey', where: 'prompts', shown: 'sk-…abcd', count: 1 },
      { kind: 'homePath', where: 'folder', shown: '~', count: 1 },
      { kind: 'homePath', where: 'answers', shown: '~', count: 1 },
      { kind: 'homePath', where: 'edits', shown: '~', count: 1 },
      { kind: 'apiKey', where: 'prompts', shown: 'sk-…wxyz', count: 2 },
    ]),
  ).toEqual([
    { kind: 'apiKey', where: 'prompts', shown: 'sk-…wxyz', count: 2 },
    { kind: 'apiKey', where: 'prompts', shown: 'sk-…abcd', count: 1 },
    { kind: 'homePath', where: 'output, folder, answers and 1 more', shown: '~', count: 6 },
  ])
})

test('sizes have the unit that people read', () => {
  expect([900, 61_400, 1_250_000, 3_000_000_000].map((bytes) => formatSize(bytes).replace('\u00a0', ' '))).toEqual([
    '900 B',
    '61 kB',
    '1.3 MB',
    '3.0 GB',
  ])
})
