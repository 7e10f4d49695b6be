import { expect, test } from 'vitest'
import { hasTrayHost } from './findTrayHost.ts'

test('Linux is asked, by the first program that can', async () => {
  const answers: Record<string, string> = { busctl: 'b true\n', 'dbus-send': '   boolean false\n' }
  const asked: string[] = []
  const ask = async (file: string) => {
    asked.push(file)
    return answers[file] ?? null
  }
  expect(await hasTrayHost('linux', ask)).toBe(true)
  expect(asked).toEqual(['gdbus', 'busctl'])
  answers.gdbus = '(false,)\n'
  expect(await hasTrayHost('linux', ask)).toBe(false)
})

test('where nobody can be asked there is none, and the other systems always have one', async () => {
  const nobody = async () => null
  expect(await hasTrayHost('linux', nobody)).toBe(false)
  expect(await hasTrayHost('darwin', nobody)).toBe(true)
  expect(await hasTrayHost('win32', nobody)).toBe(true)
})
