import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findShippedPackages, packageFolder, printLicences, readLicence } from './licences.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tapedeck-licences-'))
})
afterEach(() => rmSync(root, { recursive: true }))

function write(path: string, content: string | object): void {
  const file = join(root, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
}

test('a module belongs to the innermost package that it lies in', () => {
  const folders = ['/a/node_modules/zod/v4/x.js', '/a/node_modules/b/node_modules/@c/d/i.js?commonjs', '/a/main/app.ts']
  expect(folders.map(packageFolder)).toEqual(['/a/node_modules/zod', '/a/node_modules/b/node_modules/@c/d', null])
})

test('the packages that are shipped are the dependencies and theirs, not those of development', () => {
  write('package.json', { dependencies: { a: '1' }, devDependencies: { z: '1' } })
  write('node_modules/a/package.json', { dependencies: { b: '1' } })
  write('node_modules/a/node_modules/b/package.json', { dependencies: { a: '1' } })
  write('node_modules/b/package.json', {})
  write('node_modules/z/package.json', {})
  const folders = ['node_modules/a', 'node_modules/a/node_modules/b'].map((path) => join(root, path))
  expect(findShippedPackages(root)).toEqual(folders)
})

test('a licence is read with its notice, and one without its words gets those of MIT under the name of its author', () => {
  write('a/package.json', { name: 'a', version: '1.0.0', license: '(GPL-3.0 OR Apache-2.0)' })
  write('a/LICENSE.md', 'Apache\n')
  write('a/NOTICE', 'By A.')
  write('b/package.json', { name: 'b', version: '2.0.0', license: 'MIT', author: { name: 'Jane' } })
  const [a, b] = ['a', 'b'].map((folder) =>
    readLicence(join(root, folder), 'Copyright (c) us\n\nPermission is hereby granted'),
  )
  expect(a).toEqual({ name: 'a', version: '1.0.0', spdx: '(GPL-3.0 OR Apache-2.0)', text: 'Apache\n\nBy A.' })
  expect(b?.text).toMatch(/Copyright \(c\) Jane\n[\s\S]*Permission is hereby granted/)
  expect(printLicences([b, a, a] as never)).toMatch(/a 1\.0\.0[\s\S]*b 2\.0\.0/)
})

test('a licence that nobody has looked at stops the build', () => {
  write('a/package.json', { name: 'a', version: '1.0.0', license: 'MIT AND GPL-3.0' })
  expect(() => readLicence(join(root, 'a'), '')).toThrow('MIT AND GPL-3.0')
})
