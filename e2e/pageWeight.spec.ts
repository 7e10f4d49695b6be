import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parse } from 'acorn'
import config from '../renderer/vite.config.ts'
import { expect, test } from './stage.ts'
import { entry } from './tapedeck.ts'

/** All that has to come before anything is seen. What a page alone needs comes with that page. */
const budgetBytes = 600_000

const folder = join(entry, '..', '..', 'renderer')
const read = (file: string) => readFileSync(join(folder, file), 'utf8')

/** The files that the page asks for before it runs: those that `index.html` names, and what these import, but for `import()`. */
function firstPaintFiles(): string[] {
  const html = read('index.html')
  const files = new Set<string>()
  const add = (file: string) => {
    if (files.has(file)) return
    files.add(file)
    if (file.endsWith('.js')) for (const imported of staticImports(file)) add(imported)
  }
  for (const [, file = ''] of html.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)) add(file)
  return [...files]
}

function staticImports(file: string): string[] {
  return parse(read(file), { ecmaVersion: 'latest', sourceType: 'module' }).body.flatMap((statement) =>
    'source' in statement && statement.source ? [posix.join(posix.dirname(file), String(statement.source.value))] : [],
  )
}

test('the first paint needs little, and Markdown is not a part of it', () => {
  const sizes = firstPaintFiles().map((file) => ({ file, bytes: gzipSync(read(file), { level: 9 }).length }))
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
  const report = sizes.map(({ file, bytes }) => `${file} ${(bytes / 1000).toFixed(1)} KB`).join(', ')
  console.log(`First paint, gzipped: ${(total / 1000).toFixed(1)} KB of at most ${budgetBytes / 1000} KB (${report})`)

  expect(sizes.some(({ file }) => file.endsWith('.js'))).toBe(true)
  expect(sizes.some(({ file }) => file.endsWith('.css'))).toBe(true)
  expect(sizes.map(({ file }) => file).join()).not.toMatch(/markdown/i)
  expect(total).toBeLessThanOrEqual(budgetBytes)
})

test('no file is so large that who builds is told of it', () => {
  const limit = Number(config.build?.chunkSizeWarningLimit) * 1_000
  const scripts = readdirSync(join(folder, 'assets')).filter((file) => file.endsWith('.js'))
  expect(scripts.length).toBeGreaterThan(1)
  expect(scripts.filter((file) => Buffer.byteLength(read(join('assets', file))) > limit)).toEqual([])
})
