import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readBranch } from './gitBranch.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-branch-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const git = (...args: string[]) =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=Ada', '-c', 'user.email=a@example.com', ...args])

test('the branch of a repository, in it and in folders of it', () => {
  git('init', '--quiet', '--initial-branch', 'a/b')
  mkdirSync(join(folder, 'src/deep'), { recursive: true })
  expect(readBranch(folder)).toBe('a/b')
  expect(readBranch(join(folder, 'src/deep'))).toBe('a/b')
  git('commit', '--quiet', '--allow-empty', '--message', 'one')
  git('worktree', 'add', '--quiet', '-b', 'other', 'tree')
  expect(readBranch(join(folder, 'tree'))).toBe('other')
  git('checkout', '--quiet', '--detach')
  expect(readBranch(folder)).toBe(null)
})

test('there is none where there is no repository', () => {
  expect(readBranch(folder)).toBe(null)
  expect(readBranch(join(folder, 'gone'))).toBe(null)
  expect(readBranch('src')).toBe(null)
  expect(readBranch(`${folder}\0`)).toBe(null)
})

test('what stands in the place of its files is not believed, and not waited for', () => {
  mkdirSync(join(folder, '.git'))
  expect(readBranch(folder)).toBe(null)
  execFileSync('mkfifo', [join(folder, '.git/HEAD')])
  expect(readBranch(folder)).toBe(null)
  rmSync(join(folder, '.git/HEAD'))
  writeFileSync(join(folder, '.git/HEAD'), `ref: refs/heads/${'long'.repeat(2_000)}\n`)
  expect(readBranch(folder)).toBe(null)
  writeFileSync(join(folder, '.git/HEAD'), 'ref: refs/heads/two\nlines\n')
  expect(readBranch(folder)).toBe(null)
})
