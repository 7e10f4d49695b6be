import { expect, test } from 'vitest'
import { parsePatch } from './patch.ts'

test('an update is read with its hunks, counts and the changed part of each replaced line', () => {
  const patch = [
    '*** Begin Patch',
    '*** Update File: src/login.ts',
    '@@ function login() {',
    '   const user = find()',
    '-  expect(age).toBe(before)',
    '+  expect(age).toBe(NOW)',
    '@@',
    '+added',
    '*** End Patch',
    '',
  ].join('\n')
  expect(parsePatch(patch)).toEqual([
    {
      kind: 'update',
      path: 'src/login.ts',
      movedTo: null,
      added: 2,
      removed: 1,
      lines: [
        { kind: 'hunk', text: 'function login() {', changed: null },
        { kind: 'same', text: '  const user = find()', changed: null },
        { kind: 'remove', text: '  expect(age).toBe(before)', changed: [19, 25] },
        { kind: 'add', text: '  expect(age).toBe(NOW)', changed: [19, 22] },
        { kind: 'hunk', text: '', changed: null },
        { kind: 'add', text: 'added', changed: null },
      ],
    },
  ])
})

test('added, deleted and renamed files', () => {
  const patch =
    '*** Begin Patch\r\n*** Add File: a.md\r\n+# A\r\n*** Delete File: b.md\r\n*** Update File: c.md\r\n*** Move to: d.md\r\n*** End Patch'
  expect(parsePatch(patch)?.map(({ kind, path, movedTo, added }) => ({ kind, path, movedTo, added }))).toEqual([
    { kind: 'add', path: 'a.md', movedTo: null, added: 1 },
    { kind: 'delete', path: 'b.md', movedTo: null, added: 0 },
    { kind: 'update', path: 'c.md', movedTo: 'd.md', added: 0 },
  ])
})

test('lines that have little in common carry no mark', () => {
  const changes = parsePatch('*** Update File: x\n-alpha beta\n+const gamma = 1')
  expect(changes?.[0]?.lines.map((line) => line.changed)).toEqual([null, null])
})

test('what is no patch is not taken for one', () => {
  expect(parsePatch('diff --git a b')).toBe(null)
  expect(parsePatch('')).toBe(null)
})
