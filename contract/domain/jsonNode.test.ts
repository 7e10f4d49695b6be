import { expect, test } from 'vitest'
import { readNode, valueAt } from './jsonNode.ts'

const body = {
  model: 'm',
  store: false,
  none: null,
  input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Look\n  here' }] }, 7],
  empty: {},
}

test('an object is told with what is right below it', () => {
  expect(readNode(body, 0, 10)).toEqual({
    type: 'object',
    size: 5,
    text: null,
    children: [
      { key: 'model', type: 'string', size: 1, preview: 'm' },
      { key: 'store', type: 'boolean', size: 0, preview: 'false' },
      { key: 'none', type: 'null', size: 0, preview: 'null' },
      { key: 'input', type: 'array', size: 2, preview: '' },
      { key: 'empty', type: 'object', size: 0, preview: '' },
    ],
    nextOffset: null,
  })
})

test('a list comes in pieces, and an item is known by what it says', () => {
  const piece = readNode(body.input, 0, 1)
  expect(piece).toEqual({
    type: 'array',
    size: 2,
    text: null,
    children: [{ key: 0, type: 'object', size: 3, preview: 'message · user · “Look here”' }],
    nextOffset: 1,
  })
  expect(readNode(body.input, 1, 1)).toMatchObject({
    children: [{ key: 1, type: 'number', preview: '7' }],
    nextOffset: null,
  })
})

test('a long text comes in pieces', () => {
  expect(readNode('abcdef', 2, 3)).toEqual({ type: 'string', size: 6, text: 'cde', children: [], nextOffset: 5 })
  expect(readNode('x'.repeat(1_000), 0, 1_000).nextOffset).toBe(null)
  expect(readNode({ long: 'x'.repeat(1_000) }, 0, 9).children[0]?.preview).toHaveLength(160)
})

test('a value is found by its path, and only by what it has itself', () => {
  expect(valueAt(body, ['input', 0, 'role'])).toBe('user')
  expect(valueAt(body, [])).toBe(body)
  for (const path of [
    ['input', 9],
    ['model', 0],
    ['none', 'x'],
    ['constructor'],
    ['input', 'length', 'x'],
    ['__proto__'],
  ]) {
    expect(valueAt(body, path)).toBe(undefined)
  }
})
