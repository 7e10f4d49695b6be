import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleSession } from '../../contract/domain/sampleSession.ts'
import { openArchive } from './archive.ts'
import { type ArchiveReader, openArchiveReader } from './archiveReader.ts'
import { sampleStoredTurn } from './sampleStoredTurn.ts'

/** So many texts has each session, one after another: long ones, and such of which several fit between two of the long. */
const oddLengths = [700, 1, 2, 900, 63, 64, 65, 1_200, 130, 800, 3, 1, 1, 1_500, 640]
/** Many of them have `inTurns` at both of their ends, where it is open whose it is. */
const lengths = [...oddLengths, ...Array.from({ length: 140 }, (_, n) => 150 + (n % 20))]
/** Each is said in every so manieth text: in all, in many sessions, in few. */
const rarities = { everywhere: 1, often: 7, seldom: 101, hardly: 641, once: 4_001 }

let dir: string
let reader: ArchiveReader
const textsOf = new Map<string, string[]>()

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'tapedeck-places-'))
  const archive = openArchive(dir)
  archive.transaction(() => {
    let said = 0
    for (const [n, length] of lengths.entries()) {
      const texts = Array.from({ length }, (_, at) => {
        said += 1
        const words = Object.entries(rarities).flatMap(([word, rarity]) => (said % rarity === 0 ? word : []))
        if (n >= oddLengths.length && n % 2 === 0) words.push('inTurns')
        return [...words, ...(at === 0 ? ['first'] : []), ...(at === length - 1 ? ['last'] : [])].join(' ')
      })
      textsOf.set(`s${n}`, texts)
      const documents = texts.map((text, at) => {
        return { itemId: `i${n}-${at}`, type: 'assistantMessage', kind: 'answer' as const, tool: null, at, text }
      })
      archive.readModel.putTurn({ ...sampleStoredTurn(`t${n}`, `s${n}`, n), documents })
      archive.readModel.putSession(sampleSession(`s${n}`, { title: '' }))
    }
    // One in the middle is gone, and its texts with it; another has more to say, behind all others.
    archive.readModel.removeSession('s7')
    textsOf.delete('s7')
    const more = { itemId: 'more', type: 'assistantMessage', kind: 'answer' as const, tool: null, at: 0, text: 'once' }
    archive.readModel.putTurn({ ...sampleStoredTurn('more', 's1', 99), documents: [more] })
    textsOf.get('s1')?.push('once')
  })
  archive.close()
  reader = openArchiveReader(dir)
})
afterAll(() => {
  reader.close()
  rmSync(dir, { recursive: true })
})

const found = (query: string) => {
  const whole = reader.listSessions({ limit: 200, query })
  const quick = reader.listSessions({ limit: 200, query, isQuick: true })
  if (quick.isPartial) expect(whole.sessions).toEqual(expect.arrayContaining(quick.sessions))
  else expect(quick).toEqual(whole)
  const { sessions, total } = whole
  expect(total).toBe(sessions.length)
  return sessions.map(({ id }) => id).sort()
}
const saying = (fits: (words: string[]) => boolean) =>
  [...textsOf].flatMap(([id, texts]) => (texts.some((text) => fits(text.split(' '))) ? id : [])).sort()

test.each([...Object.keys(rarities), 'inTurns', 'first', 'last', 'nowhere'])(
  'every session that says %s is found, however its texts lie beside those of others, and left out where it is not wanted',
  (word) => {
    const wanted = saying((words) => words.includes(word))
    expect(found(`"${word}"`)).toEqual(wanted)
    expect(found(`-"${word}"`)).toEqual([...textsOf.keys()].filter((id) => !wanted.includes(id)).sort())
  },
)

test.each([
  ['everywhere', 'first'],
  ['often', 'last'],
  ['seldom', 'often'],
])('every session that says %s and %s in one text is found', (one, other) => {
  expect(found(`"${one}" "${other}"`)).toEqual(saying((words) => words.includes(one) && words.includes(other)))
})
