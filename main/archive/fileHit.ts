import type { SearchHit } from '../../contract/domain/search.ts'
import { findLine, snippetOf } from './searchQuery.ts'

const header = /^\*\*\* (?:Add|Update|Delete) File: (.*)$/
const move = /^\*\*\* Move to: (.*)$/
/** The file's name is shown before the line, so that there is less room. */
const leadBehindName = 12
const lineKinds = { '+': 'added', '-': 'removed' } as const

/** A hit in a patch as what it is to people: a line of a file, or the file's name. Null for what is no patch of codex's form. */
export function readFileHit(patch: string, pattern: RegExp): Required<Pick<SearchHit, 'snippet' | 'file'>> | null {
  const start = findLine(patch, pattern)
  const end = patch.indexOf('\n', start)
  const line = patch.slice(start, end === -1 ? patch.length : end)
  const named = header.exec(line) ?? move.exec(line)
  if (named) return hitOf(named[1] ?? '', { path: (named[1] ?? '').trim(), line: 'name' }, pattern)
  const path = lastHeader(patch.slice(0, start))
  if (path === null) return null
  const sign = line.charAt(0)
  if (sign === '+' || sign === '-') return hitOf(line.slice(1), { path, line: lineKinds[sign] }, pattern)
  return hitOf(line.replace(/^(?: |@@ ?)/, ''), { path, line: 'kept' }, pattern)
}

function hitOf(text: string, file: NonNullable<SearchHit['file']>, pattern: RegExp) {
  return { snippet: snippetOf(text, pattern, true, file.line === 'name' ? undefined : leadBehindName), file }
}

function lastHeader(before: string): string | null {
  for (let at = before.lastIndexOf('*** '); at !== -1; at = at === 0 ? -1 : before.lastIndexOf('*** ', at - 1)) {
    if (at > 0 && before[at - 1] !== '\n') continue
    const [, path] = header.exec(before.slice(at).split('\n', 1)[0] ?? '') ?? []
    if (path !== undefined) return path.trim()
  }
  return null
}
