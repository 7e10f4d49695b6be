import { expect, test } from 'vitest'
import { goOnCommand } from './goOnCommand.ts'

const resume = { type: 'resume', threadId: '019a-b' } as const

test.each([
  ['/home/me/src', '/home/me/src'],
  ['/home/me/my code', "'/home/me/my code'"],
  ['/home/me/Bob\'s $(touch x) `y` "z" \\ !', "'/home/me/Bob'\\''s $(touch x) `y` \"z\" \\ !'"],
  ['.', '.'],
])('the folder %s is told in the quotes of sh', (folder, quoted) => {
  expect(goOnCommand(resume, folder)).toBe(`codex resume 019a-b -C ${quoted}`)
  expect(goOnCommand({ ...resume, type: 'fork' }, folder)).toBe(`codex fork 019a-b -C ${quoted}`)
})

test.each([
  ['C:\\Users\\Zoë\\src', 'C:\\Users\\Zoë\\src'],
  ['C:\\', 'C:\\'],
  ["C:\\Bob's code (old) & more", '"C:\\Bob\'s code (old) & more"'],
  ['\\\\server\\my share\\', '"\\\\server\\my share\\\\"'],
])('the folder %s is told in the quotes that cmd and PowerShell share', (folder, quoted) => {
  expect(goOnCommand(resume, folder)).toBe(`codex resume 019a-b -C ${quoted}`)
})

test.each([
  [null],
  ['/home/me/a\nrm -rf b'],
  ['/home/me/\u0003'],
  ['C:\\100%\\x'],
  ['C:\\$stuff'],
  ['C:\\a`b'],
  ['C:\\a ”; b'],
])('the folder %j is left to codex', (folder) => {
  expect(goOnCommand(resume, folder)).toBe('codex resume 019a-b')
})
