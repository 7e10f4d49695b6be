import { expect, test } from 'vitest'
import { readFileHit } from './fileHit.ts'

const patch = `*** Begin Patch
*** Update File: src/rose.ts
@@ class Bed
 a tulip
-red rose
+a white rose *** here
*** Add File: bed.txt
+a daisy
+behind many other words a lily
*** Update File: old.txt
*** Move to: new/orchid.txt
@@
-x
+y
*** End Patch`
const read = (word: string) => {
  const hit = readFileHit(patch, new RegExp(word, 'giu'))
  return hit && [hit.file?.path, hit.file?.line, hit.snippet.replaceAll('\u{E000}', '[').replaceAll('\u{E001}', ']')]
}

test('a hit in a patch is a line of its file, or the name of one', () => {
  expect(read('red')).toEqual(['src/rose.ts', 'removed', '[red] rose'])
  expect(read('white')).toEqual(['src/rose.ts', 'added', 'a [white] rose *** here'])
  expect(read('tulip')).toEqual(['src/rose.ts', 'kept', 'a [tulip]'])
  expect(read('class')).toEqual(['src/rose.ts', 'kept', '[class] Bed'])
  expect(read('daisy')).toEqual(['bed.txt', 'added', 'a [daisy]'])
  // Less stands before the hit than elsewhere, as the file's name does.
  expect(read('lily')).toEqual(['bed.txt', 'added', '…her words a [lily]'])
  expect(read('ts')).toEqual(['src/rose.ts', 'name', 'src/rose.[ts]'])
  expect(read('orchid')).toEqual(['new/orchid.txt', 'name', 'new/[orchid].txt'])
})

test('what is no patch is none', () => {
  expect(readFileHit('--- a/rose\n+++ b/rose', /rose/giu)).toBeNull()
  expect(readFileHit(`${'*** '.repeat(50_000)}\nrose`, /rose/giu)).toBeNull()
})
