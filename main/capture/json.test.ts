import { expect, test } from 'vitest'
import { parseObject } from './json.ts'

test.each([
  ['{"a":1}', { a: 1 }],
  [' \r\n\t{"a":{"b":[]}}\n', { a: { b: [] } }],
  ['{}', {}],
  ['{"a":', null],
  ['{ not json }', null],
  ['[{"a":1}]', null],
  ['"{}"', null],
  ['src/a.ts:1: {"a":1}', null],
  ['null', null],
  ['', null],
])('the object in %j: %j', (text, object) => {
  expect(parseObject(text)).toEqual(object)
})
