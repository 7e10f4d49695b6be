import { expect, test } from 'vitest'
import { findCommand } from './findCommand.ts'

test.each<[string, string | null]>([
  ['login status', 'login'],
  ['-c key=value login status', 'login'],
  ['--config=key=value -mgpt-5 --search login', 'login'],
  ['-m login fix it', 'fix'],
  ['-C /srv --oss exec login', 'exec'],
  ['- login', '-'],
  ['-c key=value', null],
  ['-c', null],
  ['', null],
  ['--new-option login', null],
  ['--new-option=value login', null],
  ['-i a.png login', null],
])('the command of "%s" is %s', (line, command) => {
  expect(findCommand(line.split(' ').filter(Boolean))).toBe(command)
})
