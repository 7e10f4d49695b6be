import { expect, test } from './stage.ts'
import { tapedeck } from './tapedeck.ts'

test('who asks wrongly is told how to ask, and scripts can tell it from what failed', async ({ makeHome }) => {
  const home = makeHome()
  for (const [args, told] of [
    [['shwo'], /^tapedeck: Unknown command 'shwo'[\s\S]*`tapedeck --help`/],
    [['show'], /Missing required argument 'id'[\s\S]*`tapedeck show --help`/],
    [['export', 'x'], /Say in which format: --format markdown, html, jsonl or har\./],
    [['auth', 'key', 'set', '--mine'], /Unknown option '--mine'[\s\S]*`tapedeck auth key set --help`/],
    [['search', 'modle:x'], /modle:/],
    [['usage', '--since', '2026-11-24', '--until', '2026-11-23'], /--until is before --since\. Give a day that is not/],
    [['auth', 'key', 'set'], /No key was given\. Type it when you are asked, or pipe it in/],
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
  const unread = await tapedeck(home, ['sessions', '--limit', 'many', '--json'])
  expect(unread).toMatchObject({ code: 2, stderr: expect.stringMatching(/^tapedeck: .*Give a number, 1 to 1000\./) })
  expect(JSON.parse(unread.stdout)).toEqual({
    error: { code: 'badRequest', message: expect.stringContaining('Give a number, 1 to 1000.') },
  })
  const both = await tapedeck(home, ['usage', '--csv', '--json'])
  expect(both).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("'--csv' cannot be used with option '--json'"),
  })
  const missing = await tapedeck(home, ['show', 'nope', '--json'])
  expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('Nothing has the id nope') })
  expect(JSON.parse(missing.stdout).error.code).toBe('notFound')
})

test('before anything is recorded every list says how to begin', async ({ makeHome }) => {
  const home = makeHome()
  for (const args of [['sessions'], ['sessions', '--filter', 'x'], ['search', 'x']]) {
    const { code, stdout } = await tapedeck(home, args)
    expect({ args, code, stdout }).toEqual({
      args,
      code: 0,
      stdout: 'Nothing is recorded yet. Start codex with:  tapedeck codex\n',
    })
  }
})
