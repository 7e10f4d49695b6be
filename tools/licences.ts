import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import type { Plugin } from 'vite'

/**
 * The licences of everything that is handed out with Tapedeck: what was bundled, by the word of the bundler, and what lies
 * beside the bundle as a package. The build fails over a licence that nobody has looked at.
 */

export interface Licence {
  name: string
  version: string
  /** Its SPDX expression. */
  spdx: string
  text: string
}

const accepted = new Set([
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'Python-2.0',
])
const textFile = /^(licen[cs]e|copying|notice)([.-].*)?$/i

/** One for all builds of a run: each adds what it bundled, and the file that is left is that of all. */
export function noteLicences(options: { root: string; file: string }): Plugin {
  const mitText = readFileSync(join(options.root, 'LICENSE'), 'utf8').trim()
  const folders = new Set(findShippedPackages(options.root))
  return {
    name: 'tapedeck:licences',
    apply: 'build',
    writeBundle(_output, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue
        for (const id of chunk.moduleIds) {
          const folder = packageFolder(id)
          if (folder) folders.add(folder)
        }
      }
      mkdirSync(dirname(options.file), { recursive: true })
      writeFileSync(options.file, printLicences([...folders].map((folder) => readLicence(folder, mitText))))
    },
  }
}

/** The folder of the package that a module belongs to, or null when it is our own. */
export function packageFolder(moduleId: string): string | null {
  const path = (moduleId.split('?', 1)[0] as string).replace(/^\0/, '')
  const marker = `${sep}node_modules${sep}`
  const start = path.split('/').join(sep).lastIndexOf(marker)
  if (start < 0) return null
  const [first = '', second = ''] = path.slice(start + marker.length).split(/[\\/]/)
  return path.slice(0, start + marker.length) + (first.startsWith('@') ? `${first}${sep}${second}` : first)
}

/** The packages that are not bundled, with all that they need in turn. */
export function findShippedPackages(root: string): string[] {
  const found = new Set<string>()
  const visit = (folder: string) => {
    const { dependencies = {} } = readJson(join(folder, 'package.json'))
    for (const name of Object.keys(dependencies as Record<string, string>)) {
      const dependency = resolvePackage(name, folder)
      if (found.has(dependency)) continue
      found.add(dependency)
      visit(dependency)
    }
  }
  visit(root)
  return [...found]
}

/** `mitText` stands in where a package names MIT but does not bring its words. */
export function readLicence(folder: string, mitText: string): Licence {
  const { name, version, license, author } = readJson(join(folder, 'package.json'))
  const spdx = String(license ?? 'none')
  const isAccepted = spdx
    .replace(/[()]/g, '')
    .split(/ OR /)
    .some((choice) => choice.split(' AND ').every((id) => accepted.has(id)))
  if (!isAccepted) throw new Error(`The licence of ${name}, ${spdx}, is not among those that were looked at.`)
  const files = readdirSync(folder)
    .filter((file) => textFile.test(file))
    .sort()
  if (files.length === 0 && spdx !== 'MIT') throw new Error(`${name} does not bring the text of its licence, ${spdx}.`)
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim())
  const owner = typeof author === 'object' && author ? (author as { name: string }).name : author
  return {
    name: String(name),
    version: String(version),
    spdx,
    text:
      texts.join('\n\n') || mitText.replace(/^Copyright .*$/m, `Copyright (c) ${owner ?? `the authors of ${name}`}`),
  }
}

export function printLicences(licences: Licence[]): string {
  const sorted = licences.toSorted((a, b) => `${a.name}@${a.version}`.localeCompare(`${b.name}@${b.version}`, 'en'))
  const parts = sorted.map(({ name, version, spdx, text }) => `${name} ${version} (${spdx})\n\n${text}\n`)
  const rule = `\n${'─'.repeat(80)}\n\n`
  return `Tapedeck contains the work of others. These are their licences.\n${rule}${[...new Set(parts)].join(rule)}`
}

function resolvePackage(name: string, from: string): string {
  for (const place of createRequire(join(from, 'package.json')).resolve.paths(name) ?? []) {
    if (existsSync(join(place, name, 'package.json'))) return join(place, name)
  }
  throw new Error(`${name}, which ${from} needs, is not installed.`)
}

function readJson(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(file, 'utf8'))
}
