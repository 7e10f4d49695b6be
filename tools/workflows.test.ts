import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const folder = join(root, '.github', 'workflows')
const workflows = readdirSync(folder).map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }))
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

test.each(workflows)('$file takes every action by its commit, or from this repository', ({ text }) => {
  const used = [...text.matchAll(/uses: (.+)/g)].map((match) => match[1] as string)
  const pinned = /^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/
  expect(used.filter((action) => !pinned.test(action) && !existsSync(join(root, action)))).toEqual([])
})

test.each(workflows)('$file may read and no more, but where a job says what else it writes', ({ text }) => {
  expect(text).toMatch(/^permissions:\n {2}contents: read\n/m)
  const granted = [...text.matchAll(/^ {6}([\w-]+): write$/gm)].map((match) => match[1])
  expect(granted.filter((permission) => permission !== 'contents' && permission !== 'id-token')).toEqual([])
})

test.each(workflows)('$file ends every job in time, and puts no word from outside into a script', ({ text }) => {
  const machines = [...text.matchAll(/^ {4}runs-on: /gm)]
  expect([...text.matchAll(/^ {4}timeout-minutes: \d+$/gm)]).toHaveLength(machines.length)
  const lines = text.split('\n').filter((line) => /^\s*(- )?run: /.test(line) || /^ {10}\S/.test(line))
  const inserted = lines.flatMap((line) => line.match(/run: .*\$\{\{(.*?)\}\}/)?.[1]?.trim() ?? [])
  expect(inserted.filter((word) => !word.startsWith('matrix.'))).toEqual([])
})

test.each(workflows)('$file runs only scripts that there are', ({ text }) => {
  const named = [...text.matchAll(/npm (?:run ([\w-]+)|(test))/g)].map((match) => (match[1] ?? match[2]) as string)
  expect(named.filter((name) => !(name in scripts))).toEqual([])
})

test('the real Electron is there before the checks, on each of the three systems', () => {
  const text = workflows.find(({ file }) => file === 'ci.yml')?.text ?? ''
  expect(text).toContain('os: [ubuntu-24.04, macos-15, windows-2025]')
  expect(text.indexOf('install-electron')).toBeGreaterThan(0)
  expect(text.indexOf('install-electron')).toBeLessThan(text.indexOf('npm test'))
})

test('whatever is packed is started once on each system before it is handed on, with a screen on Linux', () => {
  for (const { file, text } of workflows.filter((each) => each.text.includes('electron-builder --'))) {
    const packed = text.indexOf('electron-builder --')
    const started = [...text.matchAll(/^ {8}if: (.+)\n {8}run: (.*npm run prove-packed-start)$/gm)]
    const words = started.map(
      ([, condition, command]) => `${condition?.replace(/runner\.os|matrix\.platform/, 'os')}: ${command}`,
    )
    expect({ file, words: words.map((each) => each.toLowerCase()) }).toEqual({
      file,
      words: [
        "os == 'linux': xvfb-run --auto-servernum npm run prove-packed-start",
        "os != 'linux': npm run prove-packed-start",
      ],
    })
    for (const { index } of started) expect(index).toBeGreaterThan(packed)
    const upload = text.indexOf('upload-artifact', packed)
    expect(started.every(({ index }) => index < upload)).toBe(true)
  }
})
