import { describe, expect, test } from 'vitest'
import { planted, plantedEmails } from './corpus.ts'
import { formats } from './formats.ts'
import { createMasker, noMasker } from './mask.ts'
import { sessionWith, turnWith, write } from './sampleExport.ts'

const emails = plantedEmails
const names = Object.keys(formats) as (keyof typeof formats)[]

describe.each(names)('%s', (name) => {
  test('nothing of the corpus is left, wherever in a session it stands', () => {
    for (const { text, secrets } of planted) {
      const written = write(formats[name], text, createMasker({ emails }))
      // A secret with a line end in it would stand there escaped.
      const wanted = secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])
      expect([text, ...wanted.filter((secret) => written.includes(secret))]).toEqual([text])
    }
  })

  test('unmasked, everything stands there as it was', () => {
    const written = write(formats[name], 'password=hunter2 in /home/jane/src', noMasker)
    expect(written).toContain('hunter2')
    expect(written).toContain('/home/jane/src')
  })

  test('what was masked is listed by where it stood', () => {
    const masker = createMasker()
    write(formats[name], 'in /home/jane/src', masker)
    expect(masker.masked().every(({ kind, shown, count }) => kind === 'homePath' && shown === '~' && count > 0)).toBe(
      true,
    )
    expect(masker.masked().map(({ where }) => where)).toContain(name === 'har' ? 'responses' : 'output')
  })
})

test('JSON lines are one document a line', () => {
  const written = write(formats.jsonl, 'hello', noMasker)
  expect(
    written
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { type: 'session', ...sessionWith('hello') },
    { type: 'turn', ...turnWith('hello') },
  ])
})

test('Markdown keeps code that holds fences whole', () => {
  expect(write(formats.markdown, '```\ninner\n```', noMasker)).toContain('````\n```\ninner\n```\n````')
})
