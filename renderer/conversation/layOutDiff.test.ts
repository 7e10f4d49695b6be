import { describe, expect, test } from 'vitest'
import { type DiffChunk, foldsOfDiff, layOutDiff, viewDiff } from './layOutDiff.ts'
import type { DiffLine } from './patch.ts'

const make = (kind: DiffLine['kind'], count: number, text = kind as string): DiffLine[] =>
  Array.from({ length: count }, (_, at) => ({ kind, text: `${text} ${at}`, changed: null }))
const same = (count: number) => make('same', count)
const add = (count: number) => make('add', count)
const remove = (count: number) => make('remove', count)
const hunk: DiffLine = { kind: 'hunk', text: 'here', changed: null }

/** `3 | (14) | 5`: shown lines and, in brackets, folded ones; a list a chunk. */
const shapeOf = (chunks: DiffChunk[]) =>
  chunks.map(({ groups }) =>
    groups.map(({ kind, lines }) => (kind === 'same' ? `(${lines.length})` : `${lines.length}`)).join(' | '),
  )
const shape = (...lines: DiffLine[]) => shapeOf(layOutDiff(lines, 'd'))

describe('lines far from any change are folded', () => {
  test.each<[string, DiffLine[], string]>([
    ['between two changes', [...add(1), ...same(20), ...remove(2)], '4 | (14) | 5'],
    ['before the first', [...same(20), ...add(1)], '(17) | 4'],
    ['behind the last', [...add(1), ...same(20)], '4 | (17)'],
    ['behind a heading', [...add(1), ...same(3), hunk, ...same(20), ...add(1)], '5 | (17) | 4'],
    ['between two headings', [hunk, ...same(20), hunk, ...add(1)], '4 | (17) | 2'],
    ['unless they are few', [...add(1), ...same(11), ...add(1)], '13'],
    ['unless nothing changed', same(20), '20'],
  ])('%s', (_, lines, expected) => {
    expect(shape(...lines)).toEqual([expected])
  })

  test('very many of them in pieces', () => {
    expect(shape(...add(1), ...same(1_206), ...add(1))).toEqual(['4 | (500) | (500) | (200) | 4'])
  })
})

describe('a long change comes in chunks', () => {
  test.each<[string, DiffLine[], string[]]>([
    ['a few more than are shown at first', add(50), ['50']],
    ['more', add(51), ['40', '11']],
    ['much more', add(1_600), ['40', '500', '500', '500', '60']],
    ['a few more than the last one holds', add(548), ['40', '508']],
    ['not in the middle of a replacement', [...add(38), ...remove(4), ...same(1), ...add(40)], ['42', '41']],
    ['where a replacement is too long, in it', [...remove(30), ...add(30)], ['40', '20']],
    ['folded lines count as one', [...add(38), ...same(700), ...add(40)], ['41', '(500) | (194) | 43']],
  ])('%s', (_, lines, expected) => {
    expect(shape(...lines)).toEqual(expected)
  })

  test('no line is lost or moved, and every name is another', () => {
    for (const lines of [
      add(52_000),
      [...remove(700), ...same(9_000), ...add(30_000), hunk, ...same(4), ...remove(1)],
      Array.from({ length: 5_000 }, (_, at) => (at % 30 === 0 ? add(1) : same(1))).flat(),
      [],
    ]) {
      const chunks = layOutDiff(lines, 'd')
      const groups = chunks.flatMap((chunk) => chunk.groups)
      expect(groups.flatMap((group) => group.lines)).toEqual(lines)
      expect(new Set([...chunks, ...groups].map(({ name }) => name)).size).toBe(chunks.length + groups.length)
      const drawn = chunks.map(({ groups }) =>
        groups.reduce((sum, { kind, lines }) => sum + (kind === 'same' ? 1 : lines.length), 0),
      )
      expect(Math.max(0, ...drawn)).toBeLessThanOrEqual(570)
    }
  })
})

describe('what is on the page', () => {
  const chunks = layOutDiff([...add(1), ...same(1_206), ...add(1_500)], 'd')
  const view = (...open: string[]) =>
    viewDiff(chunks, (name) => open.includes(name)).map((part) =>
      part.kind === 'lines' ? `${part.group.lines.length}` : `${part.kind} ${part.count}: ${part.name}`,
    )

  test('folds next to each other are one, which opens piece by piece', () => {
    expect(view()).toEqual(['4', 'same 1200: d 0.1', '33', 'more 1470: d 1'])
    expect(view('d 0.1', 'd 1')).toEqual(['4', '500', 'same 700: d 0.2', '33', '500', 'more 970: d 2'])
  })

  test('one in the middle may be open alone', () => {
    expect(view('d 0.2', 'd 2')).toEqual([
      '4',
      'same 500: d 0.1',
      '500',
      'same 200: d 0.3',
      '33',
      'more 500: d 1',
      '500',
      'more 470: d 3',
    ])
  })

  test('all of its folds open all of it', () => {
    expect(foldsOfDiff(chunks)).toEqual(['d 0.1', 'd 0.2', 'd 0.3', 'd 1', 'd 2', 'd 3'])
    expect(view(...foldsOfDiff(chunks)).join()).not.toMatch(/same|more/)
  })
})
