import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { homeFolders } from './homeFolders.ts'

const name = process.platform === 'win32' ? 'USERPROFILE' : 'HOME'
afterEach(() => vi.unstubAllEnvs())

test('a home is known as it is called and as it is on the disk', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tapedeck-home-')))
  mkdirSync(join(folder, 'jane'))
  symlinkSync(join(folder, 'jane'), join(folder, 'link'), 'junction')
  vi.stubEnv(name, `${join(folder, 'link')}/`)
  expect(homedir()).toBe(`${join(folder, 'link')}/`)
  expect(homeFolders()).toEqual([join(folder, 'link'), join(folder, 'jane')])
  rmSync(folder, { recursive: true })
  vi.stubEnv(name, join(folder, 'gone'))
  expect(homeFolders()).toEqual([join(folder, 'gone')])
})

test('a whole disk is nobody’s home', () => {
  vi.stubEnv(name, '/')
  expect(homeFolders()).toEqual([])
})
