import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from './stage.ts'
import { execArgs, fetchAsVisitor, serve, tapedeck } from './tapedeck.ts'

const root = join(import.meta.dirname, '..')
const { version, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

let folder: string
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-npm-'))
})
test.afterAll(() => rmSync(folder, { recursive: true }))

/** From an empty cache and without a network, so that nothing but the tarball can be what runs. */
function npm(args: string[], cwd: string): string {
  const offline = ['--offline', '--ignore-scripts', '--cache', join(folder, 'cache')]
  return execFileSync('npm', [...args, ...offline], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  })
}

test('the npm package has what the command line and the page need, and installs and records by itself', async ({
  makeHome,
}) => {
  execFileSync(process.execPath, [join(root, 'tools', 'npmPackage.ts'), '--out', join(folder, 'package')])
  const [packed] = readPacked(npm(['pack', '--json'], join(folder, 'package')))
  console.log(`npm package: ${Math.round(packed.size / 1000)} kB`)
  const files = packed.files.map(({ path }) => path)
  expect(files.filter((path) => !isExpected(path))).toEqual([])
  for (const path of [
    'LICENSE',
    'README.md',
    'out/main/tapedeck.js',
    'out/renderer/index.html',
    'out/renderer/licences.txt',
  ]) {
    expect(files).toContain(path)
  }
  const manifest = JSON.parse(readFileSync(join(folder, 'package', 'package.json'), 'utf8'))
  expect(manifest).toMatchObject({
    name: 'tapedeck',
    version,
    bin: { tapedeck: 'tools/tapedeck.js' },
    engines: { node: '>=24' },
    optionalDependencies: { keytar: dependencies.keytar },
  })
  expect(Object.keys(manifest)).not.toContain('dependencies')

  npm(['install', '--omit=optional', '--prefix', 'installed', join(folder, 'package', packed.filename)], folder)
  const file = join(folder, 'installed', 'node_modules', 'tapedeck', manifest.bin.tapedeck)
  const home = makeHome()
  expect((await tapedeck(home, ['--version'], {}, file)).stdout.trim()).toBe(version)
  const { findings } = JSON.parse((await tapedeck(home, ['doctor', '--json'], {}, file)).stdout)
  expect(findings).toContainEqual(expect.objectContaining({ check: 'SQLite', verdict: 'ok' }))

  const turn = await tapedeck(home, ['codex', ...execArgs, 'hello'], {}, file)
  expect(turn.stdout).toContain('You said: hello')
  const server = await serve(home, [], {}, [], file)
  expect((await server.call('session/list', {})).total).toBe(1)
  const licences = await fetchAsVisitor(server, '/licences.txt')
  expect(await licences.text()).toContain('Tapedeck contains the work of others.')
  await server.stop()
})

interface Packed {
  filename: string
  size: number
  files: { path: string }[]
}

/** A list, or by the package's name in newer npm. */
function readPacked(json: string): [Packed] {
  return Object.values(JSON.parse(json) as Record<string, Packed>) as [Packed]
}

function isExpected(path: string): boolean {
  return [
    /^(LICENSE|README\.md|package\.json)$/,
    /^tools\/tapedeck\.js$/,
    /^out\/main\/[\w-]+\.js$/,
    /^out\/renderer\/(index\.html|licences\.txt)$/,
    /^out\/renderer\/assets\/[\w-]+\.(js|css|svg)$/,
  ].some((pattern) => pattern.test(path) && !path.startsWith('out/main/electron'))
}
