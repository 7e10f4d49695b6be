import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeByHand } from './byHand.ts'

const resume = { type: 'resume', threadId: '019a-b' } as const

test('what needs no quotes has none', () => {
  const wish = { cwd: '/home/me/src', tapedeck: ['tapedeck'], platform: 'linux' } as const
  expect(describeByHand({ ...wish, start: resume })).toBe('cd /home/me/src && tapedeck codex resume 019a-b')
  expect(describeByHand({ ...wish, start: { type: 'new' } })).toBe('cd /home/me/src && tapedeck codex')
})

test('where there is no tapedeck to call, codex alone does it', () => {
  expect(
    describeByHand({ cwd: '/w', start: { type: 'fork', threadId: 'x1' }, tapedeck: null, platform: 'linux' }),
  ).toBe('cd /w && codex fork x1')
})

test('on Windows codex itself is told the folder', () => {
  expect(describeByHand({ cwd: 'C:\\My code', start: resume, tapedeck: ['tapedeck'], platform: 'win32' })).toBe(
    'tapedeck codex -C "C:\\My code" resume 019a-b',
  )
})

test('a shell reads the folder as it is', () => {
  const root = mkdtempSync(join(tmpdir(), 'tapedeck-by-hand-'))
  const cwd = join(root, 'a b\'c"$(touch x);é\n`touch y` -')
  mkdirSync(cwd)
  const command = describeByHand({ cwd, start: { type: 'new' }, tapedeck: ['echo'], platform: 'linux' })
  const told = execFileSync('/bin/sh', ['-c', `${command}; pwd`], { encoding: 'utf8', cwd: root })
  expect(told).toBe(`codex\n${cwd}\n`)
  rmSync(root, { recursive: true })
})
