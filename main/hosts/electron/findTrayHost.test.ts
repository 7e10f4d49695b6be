import { expect, test } from 'vitest'
import { type Ask, hasTrayHost, waitForTrayHost } from './findTrayHost.ts'

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

test('one that comes later is waited for, and none for ever', async () => {
  let asked = 0
  const late: Ask = async () => (++asked >= 3 ? 'b true' : 'b false')
  expect(await waitForTrayHost('linux', 10, { ask: late, pauseMs: 1 })).toBe(true)
  expect(asked).toBe(3)
  asked = -100
  expect(await waitForTrayHost('linux', 3, { ask: late, pauseMs: 1 })).toBe(false)
  expect(asked).toBe(-96)
  expect(await waitForTrayHost('darwin', 0)).toBe(true)
})
