import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeByHand } from './byHand.ts'

const resume = { type: 'resume', threadId: '019a-b' } as const

test('what needs no quotes has none', () => {
  const wish = { cwd: '/home/me/src', tapedeck: ['tapedeck'], env: {}, platform: 'linux' } as const
  expect(describeByHand({ ...wish, start: resume })).toBe('cd /home/me/src && tapedeck codex -C . resume 019a-b')
  expect(describeByHand({ ...wish, start: { type: 'new' } })).toBe('cd /home/me/src && tapedeck codex')
})

test('where there is no tapedeck to call, codex alone does it', () => {
  expect(
    describeByHand({ cwd: '/w', start: { type: 'fork', threadId: 'x1' }, tapedeck: null, env: {}, platform: 'linux' }),
  ).toBe('cd /w && codex -C . fork x1')
})

test('a shell that does not know where the recordings and the login lie is told', () => {
  const env = { TAPEDECK_HOME: '/tmp/my data', CODEX_HOME: '/tmp/codex', OPENAI_API_KEY: 'sk-secret' }
  expect(describeByHand({ cwd: '/w', start: resume, tapedeck: ['tapedeck'], env, platform: 'linux' })).toBe(
    "cd /w && TAPEDECK_HOME='/tmp/my data' CODEX_HOME=/tmp/codex tapedeck codex -C . resume 019a-b",
  )
})

test('on Windows codex itself is told the folder', () => {
  expect(
    describeByHand({ cwd: 'C:\\My code', start: resume, tapedeck: ['tapedeck'], env: {}, platform: 'win32' }),
  ).toBe('tapedeck codex -C "C:\\My code" resume 019a-b')
  expect(
    describeByHand({ cwd: 'C:\\code', start: { type: 'new' }, tapedeck: ['tapedeck'], env: {}, platform: 'win32' }),
  ).toBe('tapedeck codex -C C:\\code')
})

test('a shell reads the folder as it is', () => {
  const root = mkdtempSync(join(tmpdir(), 'tapedeck-by-hand-'))
  const cwd = join(root, 'a b\'c"$(touch x);é\n`touch y` -')
  mkdirSync(cwd)
  const command = describeByHand({ cwd, start: { type: 'new' }, tapedeck: ['echo'], env: {}, platform: 'linux' })
  const told = execFileSync('/bin/sh', ['-c', `${command}; pwd`], { encoding: 'utf8', cwd: root })
  expect(told).toBe(`codex\n${cwd}\n`)
  rmSync(root, { recursive: true })
})
