import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

/**
 * Lays out the npm package: the command line and the headless host, as they were built, without Electron.
 * `node tools/npmPackage.ts [--out dist/npm] [--name @scope/tapedeck]`
 */

const root = join(import.meta.dirname, '..')
const { values } = parseArgs({ options: { out: { type: 'string' }, name: { type: 'string' } } })
const folder = resolve(values.out ?? join(root, 'dist', 'npm'))
const built = join(root, 'out', 'main')

const { version, description, author, license, type, bin, dependencies } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
)

rmSync(folder, { recursive: true, force: true })
mkdirSync(join(folder, 'out', 'main'), { recursive: true })
for (const file of reachableFrom(['tapedeck.js', 'recorderWorker.js', 'readerWorker.js'])) {
  cpSync(join(built, file), join(folder, 'out', 'main', file))
}
cpSync(join(root, 'out', 'renderer'), join(folder, 'out', 'renderer'), {
  recursive: true,
  filter: (path) => !path.endsWith('.map'),
})
cpSync(join(root, 'tools', 'npm', 'README.md'), join(folder, 'README.md'))
cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'))
for (const command of Object.values<string>(bin)) cpSync(join(root, command), join(folder, command))
const manifest = {
  name: values.name ?? 'tapedeck',
  version,
  description,
  author,
  license,
  // Where it was built is what its provenance is checked against.
  ...(process.env.GITHUB_REPOSITORY && {
    repository: { type: 'git', url: `git+https://github.com/${process.env.GITHUB_REPOSITORY}.git` },
  }),
  type,
  bin,
  engines: { node: '>=24' },
  keywords: ['codex', 'recorder', 'proxy', 'transcript'],
  // A computer that its binaries do not fit still records.
  optionalDependencies: { keytar: dependencies.keytar },
}
writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)

/** The entries and all chunks that they import: what only Electron needs stays out. */
function reachableFrom(entries: string[]): Set<string> {
  const files = new Set(readdirSync(built).filter((file) => file.endsWith('.js')))
  const reached = new Set<string>()
  const visit = (file: string) => {
    if (reached.has(file) || !files.has(file)) return
    reached.add(file)
    const code = readFileSync(join(built, file), 'utf8')
    for (const [, imported] of code.matchAll(/(?:from|import)\s*\(?\s*["']\.\/([\w.-]+\.js)["']/g)) {
      visit(imported as string)
    }
  }
  for (const entry of entries) visit(entry)
  return reached
}
