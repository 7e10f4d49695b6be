import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { defaultSettings } from '../../contract/domain/settings.ts'
import { openSettings } from './settingsFile.ts'

let dataDir: string
let path: string
let reports: string[]
const open = () => openSettings(dataDir, (error) => reports.push((error as Error).message))

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tapedeck-settings-'))
  path = join(dataDir, 'settings.json')
  reports = []
})
afterEach(() => rmSync(dataDir, { recursive: true }))

test('without a file everything has its default, and none is written', () => {
  expect(open().current()).toEqual(defaultSettings)
  expect(existsSync(path)).toBe(false)
})

test('a change is there at once and after the next start, for its owner alone', () => {
  const settings = open()
  expect(settings.change({ usesKeyAtLimit: true })).toEqual({ ...defaultSettings, usesKeyAtLimit: true })
  expect(settings.current()).toEqual({ ...defaultSettings, usesKeyAtLimit: true })
  expect(open().current()).toEqual({ ...defaultSettings, usesKeyAtLimit: true })
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('what another version knows is kept', () => {
  writeFileSync(path, JSON.stringify({ fromTomorrow: [1], usesKeyAlways: true }))
  open().change({ usesKeyAtLimit: true })
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
    fromTomorrow: [1],
    usesKeyAlways: true,
    usesKeyAtLimit: true,
  })
  expect(reports).toEqual([])
})

test('a value that cannot be has its default, and what stood there is kept', () => {
  const text = JSON.stringify({ usesKeyAlways: 'yes', usesKeyAtLimit: true })
  writeFileSync(path, text)
  const settings = open()
  expect(settings.current()).toEqual({ ...defaultSettings, usesKeyAtLimit: true })
  expect(reports).toEqual([expect.stringContaining('usesKeyAlways')])
  settings.change({ usesKeyAtLimit: false })
  expect(readFileSync(`${path}.old`, 'utf8')).toBe(text)
})

test.each(['', 'no json', '[]', 'null'])('a file that holds %j is said, kept and replaced', (text) => {
  writeFileSync(path, text)
  const settings = open()
  expect(settings.current()).toEqual(defaultSettings)
  expect(reports).toEqual([expect.stringContaining('settings.json.old')])
  settings.change({ usesKeyAlways: true })
  expect(readFileSync(`${path}.old`, 'utf8')).toBe(text)
  expect(open().current()).toEqual({ ...defaultSettings, usesKeyAlways: true })
})
