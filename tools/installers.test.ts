import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Configuration } from 'app-builder-lib'
import { getConfig, validateConfiguration } from 'app-builder-lib/out/util/config/config.js'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const config = await getConfig(root, 'electron-builder.yml', null)
const validate = (changed: object = {}) =>
  validateConfiguration({ ...config, ...changed }, { isEnabled: false } as never)

/** Every target, with its processors and the sections of the file that speak of it. */
const targets = {
  mac: { dmg: ['arm64', 'x64'], zip: ['arm64', 'x64'] },
  win: { nsis: ['x64', 'arm64'], portable: ['x64', 'arm64'] },
  linux: { AppImage: ['x64', 'arm64'], deb: ['x64', 'arm64'], rpm: ['x64', 'arm64'] },
} as const

test("the file is valid by electron-builder's own schema", async () => {
  await expect(validate()).resolves.toBeUndefined()
})

test.each(['mac', 'dmg', 'win', 'nsis', 'portable', 'linux', 'appImage', 'deb', 'rpm', 'electronFuses'] as const)(
  'the schema looks at the section %s: a word that it does not know is refused',
  async (section) => {
    await expect(validate({ [section]: { ...config[section], noSuchWord: true } })).rejects.toThrow(
      `configuration.${section}`,
    )
  },
)

test.each(['mac', 'win', 'linux'] as const)('%s has its targets, each for both processors', (platform) => {
  const listed = config[platform]?.target as { target: string; arch: string[] }[]
  const byTarget = Object.fromEntries(listed.map(({ target, arch }) => [target, arch]))
  expect(byTarget).toEqual(targets[platform])
})

test('what is packed around is one exact Electron, whose hash the lockfile has', () => {
  const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'))
  const pinned = read('package.json').devDependencies.electron
  expect(pinned).toMatch(/^\d+\.\d+\.\d+$/)
  const locked = read('package-lock.json').packages
  expect(locked[''].devDependencies.electron).toBe(pinned)
  expect(locked['node_modules/electron']).toMatchObject({
    version: pinned,
    integrity: expect.stringMatching(/^sha512-/),
  })
})

test('the file names only pictures and entitlements that are there', () => {
  const { mac, win, linux } = config as Configuration
  const files = [mac?.icon, mac?.entitlements, mac?.entitlementsInherit, win?.icon, linux?.icon] as string[]
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([])
})

test('the app is hardened, opens no files, answers to its scheme, and asks Debian for the keychain', () => {
  expect(config.mac).toMatchObject({ hardenedRuntime: true, notarize: true })
  expect(config.fileAssociations).toEqual([])
  expect(config.protocols).toEqual([{ name: 'Tapedeck', schemes: ['tapedeck'] }])
  expect(config.deb?.depends).toContain('libsecret-1-0')
})

test("without a certificate the app for Apple's processors is sealed again after its fuses, and with one it is signed by it", () => {
  expect(config.electronFuses?.resetAdHocDarwinSignature).toBe(true)
  // `-` would be taken before a certificate that is there, null would keep it from being looked for.
  expect(config.mac).not.toHaveProperty('identity')
})
