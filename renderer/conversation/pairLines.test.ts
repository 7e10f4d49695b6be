import { expect, test } from 'vitest'
import { pairLines } from './pairLines.ts'
import { parsePatch } from './patch.ts'

/** `before | after`, a line each. */
function sketch(body: string): string[] {
  const [change] = parsePatch(`*** Begin Patch\n*** Update File: a\n${body}\n*** End Patch`) ?? []
  return pairLines(change?.lines ?? []).map((pair) =>
    'hunk' in pair ? `@ ${pair.hunk}` : `${pair.before?.text ?? ''} | ${pair.after?.text ?? ''}`,
  )
}

test('changed lines face each other, and the longer side goes on alone', () => {
  expect(sketch(' a\n-b\n-c\n+B\n d\n+e\n+f')).toEqual(['a | a', 'b | B', 'c | ', 'd | d', ' | e', ' | f'])
})

test('two changes right behind each other stay two, and a heading goes across', () => {
  expect(sketch('-a\n+A\n-b\n+B\n@@ f()\n x')).toEqual(['a | A', 'b | B', '@ f()', 'x | x'])
})
