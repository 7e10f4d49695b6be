import { expect, test } from 'vitest'
import { readOwnArguments } from './codex.ts'

test('--private is ours right behind `tapedeck codex`, and codex’s anywhere else', () => {
  expect(readOwnArguments(['--private', 'exec', 'hello'])).toEqual({ args: ['exec', 'hello'], isPrivate: true })
  expect(readOwnArguments(['--private', '--private'])).toEqual({ args: ['--private'], isPrivate: true })
  for (const args of [[], ['exec', '--private'], ['--', '--private'], ['-m', 'x', '--private']]) {
    expect(readOwnArguments(args)).toEqual({ args, isPrivate: false })
  }
})
