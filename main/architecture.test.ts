import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { methods, notifications } from '../contract/api.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const sources = ['contract', 'main', 'preload', 'renderer'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
    .map((path) => `${folder}/${path}`),
)

function importersOf(module: string): string[] {
  return sources.filter((path) => new RegExp(`from '${module}'`).test(read(path))).sort()
}

test('every host answers through dispatch', () => {
  for (const host of [
    'main/hosts/headless/server.ts',
    'main/hosts/electron/ipc.ts',
    'main/hosts/headless/connection.ts',
  ]) {
    expect(read(host), host).toMatch(/dispatch\(/)
  }
  const callers = sources.filter((path) => /\bhandlers\[/.test(read(path)))
  expect(callers).toEqual(['main/dispatch.ts'])
})

test('no schema carries a credential', () => {
  const suspicious = /token$|secret|api_?key$|cookie|authorization|password/i
  // The path token opens the proxy alone, and dies with its launch; of the API key it is told where it is kept and how it ends.
  const allowed = new Set(['pathToken', 'apiKey'])
  const schemas = [
    ...Object.values(methods).flatMap(({ params, result }) => [params, result]),
    ...Object.values(notifications),
  ]
  const names = schemas.flatMap((schema) => [
    ...JSON.stringify(z.toJSONSchema(schema, { io: 'input' })).matchAll(/"(\w+)":/g),
  ])
  const carried = new Set(names.map((match) => match[1] as string).filter((name) => suspicious.test(name)))
  expect([...carried].filter((name) => !allowed.has(name))).toEqual([])
  expect(carried).toContain('pathToken')
})

test('each foreign door has one file that opens it', () => {
  const inElectron = importersOf('electron').filter((path) => path.startsWith('main/hosts/electron/'))
  expect(importersOf('electron')).toEqual([...inElectron, 'preload/index.ts'])
  expect(sources.filter((path) => /import\('electron-updater'\)/.test(read(path)))).toEqual([
    'main/hosts/electron/updater.ts',
  ])
  expect(importersOf('electron-updater')).toEqual([])
  expect(importersOf('http-proxy')).toHaveLength(1)
  expect(importersOf('http-proxy')[0]).toMatch(/^main\/proxy\//)
  expect(importersOf('node:sqlite').filter((path) => !path.startsWith('main/archive/'))).toEqual([
    'main/hosts/instance.ts',
  ])
})

test('nothing imports a host but a host', () => {
  const importers = sources.filter((path) => /from '[^']*hosts\//.test(read(path)))
  expect(importers.filter((path) => !path.startsWith('main/hosts/'))).toEqual([])
})

test('no file leads back to itself by what it imports', () => {
  const left = new Map(
    sources.map((path) => {
      const imports = [...read(path).matchAll(/from '(\.[^']+)'/g)].map(([, to]) =>
        posix.join(posix.dirname(path), to ?? ''),
      )
      return [path, imports] as const
    }),
  )
  // Who imports none of what is left, or is imported by none of it, is in no circle.
  for (let before = Infinity; left.size < before; ) {
    before = left.size
    const imported = new Set([...left.values()].flat())
    for (const [path, imports] of left) {
      if (!imported.has(path) || !imports.some((each) => left.has(each))) left.delete(path)
    }
  }
  expect([...left.keys()]).toEqual([])
})

test('there are no drawers for odds and ends', () => {
  const drawers = sources.filter((path) => /(^|\/)(utils?|lib|helpers|types|common|misc)\//.test(path))
  expect(drawers).toEqual([])
})
