import { expect, test } from 'vitest'
import { pathsToOpen, readMcpPart } from './readMcpPart.ts'

test.each([
  ['plain words', { kind: 'text', text: 'plain words' }],
  ['12', { kind: 'text', text: '12' }],
  ['{"a":', { kind: 'text', text: '{"a":' }],
  ['{"a":[1]}', { kind: 'json', value: { a: [1] } }],
  ['[]', { kind: 'json', value: [] }],
  [
    '{"type":"resource_link","uri":"https://example.com/a","name":"a","title":"A page","mimeType":"text/html"}',
    { kind: 'link', uri: 'https://example.com/a', name: 'A page', description: null, mediaType: 'text/html' },
  ],
  [
    '{"type":"resource_link","uri":"javascript:alert(1)","description":"click"}',
    { kind: 'link', uri: 'javascript:alert(1)', name: 'javascript:alert(1)', description: 'click', mediaType: null },
  ],
  ['{"type":"resource_link","uri":5}', { kind: 'json', value: { type: 'resource_link', uri: 5 } }],
  [
    '{"type":"resource","resource":{"uri":"file:///x","text":"inside"}}',
    { kind: 'resource', uri: 'file:///x', text: 'inside', mediaType: null },
  ],
  [
    '{"type":"resource","resource":{"uri":"file:///x","mimeType":"application/zip"}}',
    { kind: 'resource', uri: 'file:///x', text: null, mediaType: 'application/zip' },
  ],
  ['{"type":"resource","resource":null}', { kind: 'json', value: { type: 'resource', resource: null } }],
])('%s', (text, part) => {
  expect(readMcpPart(text)).toEqual(part)
})

test('a text of many megabytes is not parsed', () => {
  const text = `["${'x'.repeat(1_000_000)}"]`
  expect(readMcpPart(text)).toEqual({ kind: 'text', text })
})

test('a small value is unfolded as a whole, a large one is not', () => {
  expect(pathsToOpen({ a: [1, { b: 'x' }], c: null })).toEqual([['a'], ['a', 1]])
  expect(pathsToOpen(Array.from({ length: 50 }, () => ({ a: 1 })))).toEqual([])
})
