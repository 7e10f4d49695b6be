import { expect, test } from 'vitest'
import { printableJson, readableJson, readableJsonText } from './readableJson.ts'

const nested = (depth: number) => `${'['.repeat(depth)}1${']'.repeat(depth)}`

test('each value has a line', () => {
  expect(readableJson({ a: [1] })).toBe('{\n  "a": [\n    1\n  ]\n}')
  expect(readableJsonText('{"__proto__":1}')).toBe('{\n  "__proto__": 1\n}')
  expect(readableJson(undefined)).toBe('')
})

test('what is nested deeply does not grow', () => {
  expect(readableJson(JSON.parse(nested(500)))).toBe(nested(500))
  expect(readableJsonText(nested(100_000))).toBe(nested(100_000))
})

test('what is no JSON stays as it is', () => {
  expect(readableJsonText('{"a":')).toBe('{"a":')
})

test('what steers who shows it is written by its number, and means the same', () => {
  const value = { 'a\u202e': '\u001b[2J \u009b2J \u007f \u2028 שלום' }
  const printed = printableJson(value)
  expect(printed).toBe('{"a\\u202e":"\\u001b[2J \\u009b2J \\u007f \\u2028 שלום"}')
  expect(JSON.parse(printed)).toEqual(value)
})
