export interface FileChange {
  kind: 'update' | 'add' | 'delete'
  path: string
  /** The new path of a renamed file. */
  movedTo: string | null
  added: number
  removed: number
  lines: DiffLine[]
}

export interface DiffLine {
  kind: 'hunk' | 'add' | 'remove' | 'same'
  text: string
  /** The part that differs from the line it replaces, as start and end in `text`. */
  changed: [start: number, end: number] | null
}

/** Reads codex's apply_patch format. What it does not understand stays a line of context; null when it is no patch at all. */
export function parsePatch(patch: string): FileChange[] | null {
  const changes: FileChange[] = []
  for (const line of patch.split(/\r?\n/)) {
    const header = /^\*\*\* (Update|Add|Delete) File: (.+)$/.exec(line)
    const current = changes.at(-1)
    if (header) changes.push(emptyChange(header[1] as string, header[2] as string))
    else if (!current || /^\*\*\* (Begin|End) Patch|^\*\*\* End of File/.test(line)) continue
    else if (line.startsWith('*** Move to: ')) current.movedTo = line.slice('*** Move to: '.length)
    else addLine(current, line)
  }
  if (changes.length === 0) return null
  for (const change of changes) {
    // The split leaves one empty line after the last; it is not a part of the file.
    if (change.lines.at(-1)?.kind === 'same' && change.lines.at(-1)?.text === '') change.lines.pop()
    markChangedParts(change.lines)
  }
  return changes
}

function emptyChange(word: string, path: string): FileChange {
  const kind = word === 'Add' ? 'add' : word === 'Delete' ? 'delete' : 'update'
  return { kind, path: path.trim(), movedTo: null, added: 0, removed: 0, lines: [] }
}

function addLine(change: FileChange, line: string) {
  const text = line.slice(1)
  if (line.startsWith('@@')) {
    // A bare `@@` in front of everything parts nothing.
    const heading = line.slice(2).trim()
    if (heading !== '' || change.lines.length > 0) change.lines.push({ kind: 'hunk', text: heading, changed: null })
  } else if (line.startsWith('+')) {
    change.added += 1
    change.lines.push({ kind: 'add', text, changed: null })
  } else if (line.startsWith('-')) {
    change.removed += 1
    change.lines.push({ kind: 'remove', text, changed: null })
  } else {
    change.lines.push({ kind: 'same', text: line.startsWith(' ') ? text : line, changed: null })
  }
}

/** Where as many lines were removed as added, each pair is compared, and what its two lines do not share is marked. */
function markChangedParts(lines: DiffLine[]) {
  let index = 0
  while (index < lines.length) {
    const removed = runOf(lines, index, 'remove')
    const added = runOf(lines, index + removed, 'add')
    if (removed > 0 && removed === added) {
      for (let pair = index; pair < index + removed; pair += 1) {
        markPair(lines[pair] as DiffLine, lines[pair + removed] as DiffLine)
      }
    }
    index += Math.max(1, removed + added)
  }
}

function runOf(lines: DiffLine[], start: number, kind: DiffLine['kind']): number {
  let end = start
  while (lines[end]?.kind === kind) end += 1
  return end - start
}

function markPair(before: DiffLine, after: DiffLine) {
  const shortest = Math.min(before.text.length, after.text.length)
  let start = 0
  while (start < shortest && before.text[start] === after.text[start]) start += 1
  let end = 0
  while (end < shortest - start && before.text.at(-1 - end) === after.text.at(-1 - end)) end += 1
  // Lines that share little are two different lines: a mark over all of it says nothing.
  if (start + end < Math.max(before.text.length, after.text.length) * 0.3) return
  const startOfWord = widenLeft(before.text, start)
  if (before.text.length - end > startOfWord) before.changed = [startOfWord, before.text.length - end]
  if (after.text.length - end > startOfWord) after.changed = [startOfWord, after.text.length - end]
}

/** To the beginning of the word that the difference lies in. */
function widenLeft(text: string, start: number): number {
  let index = start
  while (index > 0 && /\w/.test(text[index - 1] ?? '') && /\w/.test(text[index] ?? '')) index -= 1
  return index
}
