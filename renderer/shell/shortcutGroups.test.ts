import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { shortcutGroups } from './shortcutGroups.ts'

const root = join(import.meta.dirname, '..')
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
  /(?<!\.test)\.tsx?$/.test(path),
)
const signs: Record<string, string> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  Escape: 'Esc',
  Enter: '↵',
  'mod+backspace': 'mod+⌫',
  I: '⇧ i',
}

/** The names right inside of each `useShortcuts({ … })`, whatever stands deeper. */
function keysIn(source: string): string[] {
  return source
    .split(/useShortcuts\(\s*\{/)
    .slice(1)
    .flatMap((rest) => {
      let depth = 0
      let top = ''
      for (const letter of rest) {
        if (/[({[]/.test(letter)) depth++
        if (/[)}\]]/.test(letter) && --depth < 0) break
        if (depth === 0) top += letter
      }
      // Brackets are keys themselves, in quotes.
      const quoted = rest.match(/^\s+'[[\]]':/gm) ?? []
      return [...`${top} ${quoted.join(' ')}`.matchAll(/(?:'([^']+)'|\b(\w+)):/g)].map(
        (match) => match[1] ?? match[2] ?? '',
      )
    })
}

/** Of two keys the first is listened for by itself. */
function stepsOf(key: string): string[] {
  return /^[a-z] /.test(key) ? [key.charAt(0)] : [key]
}

test('the map has every key that the window listens for', () => {
  const known = new Set(shortcutGroups.flatMap(({ rows }) => rows.flatMap(([, keys]) => keys.flatMap(stepsOf))))
  const used = sources.flatMap((path) => keysIn(readFileSync(join(root, path), 'utf8')))
  expect(used).toContain('mod+k')
  expect(used.length).toBeGreaterThan(15)
  expect(used.map((key) => signs[key] ?? key).filter((key) => !known.has(key))).toEqual([])
})
