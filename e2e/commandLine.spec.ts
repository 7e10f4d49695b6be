import { expect, test } from './stage.ts'
import { tapedeck } from './tapedeck.ts'

test('who asks wrongly is told how to ask, and scripts can tell it from what failed', async ({ makeHome }) => {
  const home = makeHome()
  for (const [args, told] of [
    [['shwo'], /unknown command 'shwo'[\s\S]*`tapedeck --help`/],
    [['show'], /missing required argument 'id'[\s\S]*`tapedeck show --help`/],
    [['export', 'x'], /Formats are markdown, html, jsonl or har\. `tapedeck export --help`/],
    [['auth', 'key', 'set', '--mine'], /unknown option '--mine'[\s\S]*`tapedeck auth key set --help`/],
    [['search', 'modle:x'], /modle:/],
  ] as [string[], RegExp][]) {
    const { code, stdout, stderr } = await tapedeck(home, args)
    expect({ args, code, stdout, stderr }).toEqual({ args, code: 2, stdout: '', stderr: expect.stringMatching(told) })
  }
  const help = await tapedeck(home, ['fork', '--help'])
  expect(help).toMatchObject({ code: 0, stderr: '' })
  expect(help.stdout).toMatch(/the session itself stays\s+as it is/)

  const wrong = await tapedeck(home, ['search', 'modle:x', '--json'])
  expect(wrong.code).toBe(2)
  expect(JSON.parse(wrong.stdout)).toEqual({
    error: { code: 'badRequest', message: expect.stringContaining('modle:') },
  })
  const missing = await tapedeck(home, ['show', 'nope', '--json'])
  expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('nothing has the id nope') })
  expect(JSON.parse(missing.stdout).error.code).toBe('notFound')
})
