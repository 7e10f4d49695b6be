import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { extractAll, getRawHeader, listPackage } from '@electron/asar'
import { locatePackedApp } from '../tools/packedApp.ts'
import { expect, test } from './stage.ts'
import { readFuses, type StubPlatform, writeStubElectron } from './stubElectron.ts'
import { fetchAsVisitor, serve } from './tapedeck.ts'

/** What the installers are made of: packed by electron-builder for each platform, around an Electron that is an empty shell. */

const root = join(import.meta.dirname, '..')

/** Everything that is in the app's archive, but for what electron-updater needs. A new file has to be added here to be shipped. */
const ownFiles = [
  /^package\.json$/,
  /^out\/main\/[\w-]+\.js$/,
  /^out\/preload\/index\.cjs$/,
  /^out\/renderer\/(index\.html|licences\.txt)$/,
  /^out\/renderer\/assets\/[\w-]+\.(js|css|svg)$/,
  /^resources\/tray\/(idle|recording|paused|attention)(Template)?(@2x)?\.png$/,
  /^resources\/tray\/(idle|recording|paused|attention)\.ico$/,
  /^resources\/icons\/512x512\.png$/,
]
const shippedPackages = [
  'argparse',
  'builder-util-runtime',
  'debug',
  'electron-updater',
  'fs-extra',
  'graceful-fs',
  'js-yaml',
  'jsonfile',
  'keytar',
  'lazy-val',
  'lodash.escaperegexp',
  'lodash.isequal',
  'ms',
  'sax',
  'semver',
  'tiny-typed-emitter',
  'universalify',
]

/** RunAsNode, cookie encryption, NODE_OPTIONS, inspect, archive integrity, only from the archive, own V8 snapshot, file:// privileges. */
const fuses = '01001100'

interface Packed {
  app: string
  /** The folder with the archive. */
  resources: string
  binary: string
  files: string[]
}

// One after the other, so that each platform is packed once.
test.describe.configure({ mode: 'default' })
const packed = new Map<string, Promise<Packed>>()

let folder: string
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-installer-'))
})
test.afterAll(() => rmSync(folder, { recursive: true }))

function pack(platform: StubPlatform, arch: 'x64' | 'arm64'): Promise<Packed> {
  const known = packed.get(`${platform} ${arch}`) ?? runBuilder(platform, arch)
  packed.set(`${platform} ${arch}`, known)
  return known
}

async function runBuilder(platform: StubPlatform, arch: 'x64' | 'arm64'): Promise<Packed> {
  const stub = join(folder, `electron-${platform}`)
  const output = join(folder, `${platform}-${arch}`)
  const cache = join(folder, 'cache')
  writeStubElectron(stub, platform)
  const flags = {
    'directories.output': output,
    electronDist: stub,
    'publish.owner': 'example',
    'publish.repo': 'tapedeck',
    'mac.identity': 'null',
    // Wants a tool that would have to be fetched.
    'win.signAndEditExecutable': 'false',
    // The tool below is a script, which Windows does not start by its name.
    ...(process.platform === 'win32' && { 'electronFuses.resetAdHocDarwinSignature': 'false' }),
  }
  const option = { linux: '--linux', darwin: '--mac', win32: '--win' }[platform]
  const args = [
    option,
    'dir',
    `--${arch}`,
    '--publish',
    'never',
    ...Object.entries(flags).map(([key, value]) => `-c.${key}=${value}`),
  ]
  const cli = join(root, 'node_modules', 'electron-builder', 'cli.js')
  const nowhere = 'http://127.0.0.1:1'
  await promisify(execFile)(process.execPath, [cli, ...args], {
    cwd: root,
    env: {
      ...process.env,
      PATH: `${stubCodesign(output)}${delimiter}${process.env.PATH}`,
      ELECTRON_BUILDER_CACHE: cache,
      electron_config_cache: cache,
      HTTPS_PROXY: nowhere,
      HTTP_PROXY: nowhere,
    },
  })
  // Nothing was fetched.
  expect(existsSync(cache) ? readdirSync(cache) : []).toEqual([])
  const built = join(output, readdirSync(output).find((name) => statSync(join(output, name)).isDirectory()) as string)
  const app = platform === 'darwin' ? join(built, 'Tapedeck.app', 'Contents') : built
  const resources = join(app, platform === 'darwin' ? 'Resources' : 'resources')
  const archive = join(resources, 'app.asar')
  const binary = {
    linux: 'tapedeck-desktop',
    win32: 'Tapedeck.exe',
    darwin: 'Frameworks/Electron Framework.framework/Electron Framework',
  }[platform]
  const files = listPackage(archive, { isPack: false })
    .map((path) => path.replaceAll('\\', '/').slice(1))
    .filter((path, _index, all) => !all.some((other) => other.startsWith(`${path}/`)))
  return { app, resources, binary: join(app, binary), files }
}

/** Apple's tool would seal nothing in an empty shell: what it is told is kept beside the output, with the fuses as they are by then. */
function stubCodesign(output: string): string {
  const bin = `${output}-bin`
  mkdirSync(bin, { recursive: true })
  const framework = 'Contents/Frameworks/Electron Framework.framework/Electron Framework'
  const script = `#!/bin/sh
echo "$@" >> '${output}.codesign'
for app; do :; done
cp "$app/${framework}" '${output}.sealed'
`
  writeFileSync(join(bin, 'codesign'), script, { mode: 0o755 })
  return bin
}

function packagesOf(files: string[]): string[] {
  return [...new Set(files.flatMap((path) => /^node_modules\/([^/]+)/.exec(path)?.[1] ?? []))].sort()
}

function listFiles(from: string): string[] {
  return readdirSync(from, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(from, path)).isFile())
    .map((path) => path.replaceAll('\\', '/'))
}

/** What Electron compares at its start: the SHA-256 of the archive's table of contents, which has those of the files. */
function hashOfContents(resources: string): string {
  const { headerString } = getRawHeader(join(resources, 'app.asar'))
  return createHash('sha256').update(headerString).digest('hex')
}

for (const [platform, arch] of [
  ['linux', 'x64'],
  ['linux', 'arm64'],
  ['darwin', 'arm64'],
  ['darwin', 'x64'],
  ['win32', 'x64'],
  ['win32', 'arm64'],
] as const) {
  test(`the app for ${platform} on ${arch} has what it needs and nothing else, behind its fuses`, async () => {
    const { files, resources, binary } = await pack(platform, arch)

    const own = files.filter((path) => !path.startsWith('node_modules/'))
    expect(own.filter((path) => !ownFiles.some((pattern) => pattern.test(path)))).toEqual([])
    for (const path of ['package.json', 'out/main/electron.js', 'out/main/tapedeck.js', 'out/preload/index.cjs']) {
      expect(own).toContain(path)
    }
    expect(own.filter((path) => path.startsWith('resources/tray/'))).toHaveLength(platform === 'win32' ? 20 : 16)
    expect(packagesOf(files)).toEqual(shippedPackages)
    expect(files.filter((path) => /\.(map|ts|cts|mts|tsx|cc|gyp)$|\.(test|spec)\./.test(path))).toEqual([])

    const native = `node_modules/keytar/prebuilds/${platform}-${arch}/keytar.node`
    expect(files.filter((path) => path.endsWith('.node'))).toEqual([native])
    expect(listFiles(join(resources, 'app.asar.unpacked')).filter((path) => path.endsWith('.node'))).toEqual([native])
    expect(readFileSync(join(resources, 'LICENSE.txt'), 'utf8')).toContain('MIT License')
    expect(readFuses(readFileSync(binary))).toBe(fuses)
    // Where the workflows look for it to start it.
    expect(existsSync(join(folder, `${platform}-${arch}`, locatePackedApp(platform, arch)))).toBe(true)
    console.log(`app.asar, ${platform} ${arch}: ${(statSync(join(resources, 'app.asar')).size / 1e6).toFixed(1)} MB`)
  })
}

test('the app for macOS knows its archive by its hash, its links by their scheme, and speaks one language of Chromium', async () => {
  const { app, resources } = await pack('darwin', 'arm64')
  const plist = readFileSync(join(app, 'Info.plist'), 'utf8')
  expect(plist).toContain(hashOfContents(resources))
  expect(plist).toMatch(/<key>CFBundleURLSchemes<\/key>\s*<array>\s*<string>tapedeck<\/string>\s*<\/array>/)
  expect(plist).not.toContain('CFBundleDocumentTypes')
  expect(readFileSync(join(resources, 'icon.icns'))).toEqual(readFileSync(join(root, 'resources', 'icon.icns')))
  const languages = listFiles(app).flatMap((path) => /(\w+)\.lproj\//.exec(path)?.[1] ?? [])
  expect(languages).toEqual(['en'])
})

test('the app for macOS is sealed again once its fuses are set, where no certificate signs it', async () => {
  test.skip(process.platform === 'win32', 'The seal is set by a tool of Apple.')
  await pack('darwin', 'arm64')
  const told = readFileSync(join(folder, 'darwin-arm64.codesign'), 'utf8')
  expect(told).toMatch(/^--sign - --force .*--deep .*Tapedeck\.app\n$/)
  expect(readFuses(readFileSync(join(folder, 'darwin-arm64.sealed')))).toBe(fuses)
})

test('the app for Windows carries the hash of its archive in its own resources', async () => {
  const { binary, resources } = await pack('win32', 'x64')
  expect(readFileSync(binary).includes(hashOfContents(resources))).toBe(true)
})

test('the app looks for updates where it was published', async () => {
  const { resources } = await pack('linux', process.arch === 'arm64' ? 'arm64' : 'x64')
  const config = readFileSync(join(resources, 'app-update.yml'), 'utf8')
  expect(config).toContain('owner: example\nrepo: tapedeck\nprovider: github\n')
})

test('the headless host starts from the archive and answers', async ({ makeHome }) => {
  const { resources, files } = await pack('linux', process.arch === 'arm64' ? 'arm64' : 'x64')
  const extracted = join(folder, 'extracted')
  extractAll(join(resources, 'app.asar'), extracted)
  const manifest = JSON.parse(readFileSync(join(extracted, 'package.json'), 'utf8'))
  expect(manifest).toMatchObject({ name: 'tapedeck', main: 'out/main/electron.js', type: 'module' })
  expect(manifest).not.toHaveProperty('devDependencies')
  const needed = packagesOf(files).flatMap((name) =>
    Object.keys(
      JSON.parse(readFileSync(join(extracted, 'node_modules', name, 'package.json'), 'utf8')).dependencies ?? {},
    ),
  )
  // Headers for who compiles keytar, which nobody does.
  const absent = needed.filter((name) => !shippedPackages.includes(name))
  expect([...new Set(absent)]).toEqual(['node-addon-api'])

  const server = await serve(makeHome(), [], {}, [], join(extracted, 'out', 'main', 'tapedeck.js'))
  expect(await server.call('app/status', {})).toMatchObject({ running: true, version: manifest.version })
  const page = await fetchAsVisitor(server, '/')
  expect(await page.text()).toContain('<title>Tapedeck</title>')
  await server.stop()
})
