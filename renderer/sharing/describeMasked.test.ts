import { expect, test } from 'vitest'
import { groupMasked } from './describeMasked.ts'

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
