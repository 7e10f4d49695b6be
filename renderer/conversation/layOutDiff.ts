import type { DiffLine } from './patch.ts'

/** Lines that are shown or folded together. */
export interface DiffGroup {
  /** Tells its fold, and finds it on the page. */
  name: string
  /** `same`: lines far from any change, folded to their number until somebody wants them. */
  kind: 'lines' | 'same'
  lines: DiffLine[]
}

/** What is drawn at once; all but the first are folded. */
export interface DiffChunk {
  name: string
  groups: DiffGroup[]
  lineCount: number
}

/** As many as say what it is about. */
const firstLines = 40
/** A fold that hides hardly anything helps nobody. */
const slack = 10
/** So many are drawn within a frame or two, however many there are. */
const chunkLines = 500
const contextLines = 3
const leastFolded = 6

/** Of the nth file of a patch, which may name one file twice. */
export function nameDiff(index: number): string {
  return `diff ${index}`
}

/** Where the name of its file stands. */
export function nameFile(index: number): string {
  return `${nameDiff(index)} file`
}

/** The lines of a change in pieces that a page can take, with what did not change folded. `base` begins every name. */
export function layOutDiff(lines: readonly DiffLine[], base: string): DiffChunk[] {
  const chunks: DiffChunk[] = []
  const waiting = foldContext(lines).reverse()
  let room = rowsOf(waiting) > firstLines + slack ? firstLines : Number.POSITIVE_INFINITY
  let groups: Omit<DiffGroup, 'name'>[] = []
  function close() {
    if (groups.length === 0) return
    const name = `${base} ${chunks.length}`
    chunks.push({
      name,
      groups: groups.map((group, index) => ({ ...group, name: `${name}.${index}` })),
      lineCount: groups.reduce((sum, group) => sum + group.lines.length, 0),
    })
    groups = []
    room = chunkLines
  }
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.kind === 'same' || next.lines.length <= room + slack) {
      groups.push(next)
      room -= next.kind === 'same' ? 1 : next.lines.length
    } else {
      const end = findCut(next.lines, room)
      groups.push({ kind: 'lines', lines: next.lines.slice(0, end) })
      if (end < next.lines.length) waiting.push({ kind: 'lines', lines: next.lines.slice(end) })
      room = 0
    }
    // A few lines more do not ask for a fold of their own.
    if (room <= 0 && rowsOf(waiting) > slack) close()
    else if (room <= 0) room = slack
  }
  close()
  return chunks
}

type Part = Omit<DiffGroup, 'name'>

function rowsOf(parts: Part[]): number {
  return parts.reduce((sum, { kind, lines }) => sum + (kind === 'same' ? 1 : lines.length), 0)
}

/** Where a change begins or ends, if that is near: what was removed stands together with what came for it. */
function findCut(lines: DiffLine[], wanted: number): number {
  for (let at = wanted; at < Math.min(lines.length, wanted + slack); at += 1) {
    const kind = lines[at]?.kind
    const before = lines[at - 1]?.kind
    if (kind === 'same' || kind === 'hunk' || (kind === 'remove' && before !== 'remove')) return at
  }
  return wanted
}

function foldContext(lines: readonly DiffLine[]): Part[] {
  const parts: Part[] = []
  const hasChanges = lines.some(({ kind }) => kind === 'add' || kind === 'remove')
  let shown: DiffLine[] = []
  for (let at = 0; at < lines.length; ) {
    const end = endOfRun(lines, at)
    const folded = hasChanges && lines[at]?.kind === 'same' ? foldedIn(lines, at, end) : null
    if (folded === null) shown.push(...lines.slice(at, end))
    else {
      const [from, to] = folded
      shown.push(...lines.slice(at, from))
      if (shown.length > 0) parts.push({ kind: 'lines', lines: shown })
      for (let start = from; start < to; start += chunkLines) {
        parts.push({ kind: 'same', lines: lines.slice(start, Math.min(to, start + chunkLines)) })
      }
      shown = lines.slice(to, end)
    }
    at = end
  }
  if (shown.length > 0) parts.push({ kind: 'lines', lines: shown })
  return parts
}

/** Bounded, as what is longer is copied in one go otherwise. */
function endOfRun(lines: readonly DiffLine[], start: number): number {
  const isSame = lines[start]?.kind === 'same'
  let end = start + 1
  while (end < lines.length && (lines[end]?.kind === 'same') === isSame && (isSame || end - start < 10_000)) end += 1
  return end
}

/** The unchanged lines that are not near a change; null when they are too few. */
function foldedIn(lines: readonly DiffLine[], start: number, end: number): [from: number, to: number] | null {
  const isChange = (line: DiffLine | undefined) => line?.kind === 'add' || line?.kind === 'remove'
  const before = isChange(lines[start - 1]) ? contextLines : 0
  const after = isChange(lines[end]) ? contextLines : 0
  const from = start + (before + after === 0 ? contextLines : before)
  return end - after - from >= leastFolded ? [from, end - after] : null
}

/** What stands on the page: lines, or a fold with how many it hides; `name` is what opens the next piece of it. */
export type DiffPart =
  | { kind: 'lines'; group: DiffGroup }
  | { kind: 'same'; name: string; count: number }
  | { kind: 'more'; name: string; count: number }

/** Folds that stand next to each other are one. */
export function viewDiff(chunks: DiffChunk[], isOpen: (name: string) => boolean): DiffPart[] {
  const parts: DiffPart[] = []
  function fold(kind: 'same' | 'more', name: string, count: number) {
    const last = parts.at(-1)
    if (last?.kind === kind) last.count += count
    else parts.push({ kind, name, count })
  }
  for (const [index, chunk] of chunks.entries()) {
    if (index > 0 && !isOpen(chunk.name)) {
      fold('more', chunk.name, chunk.lineCount)
      continue
    }
    for (const group of chunk.groups) {
      if (group.kind === 'lines' || isOpen(group.name)) parts.push({ kind: 'lines', group })
      else fold('same', group.name, group.lines.length)
    }
  }
  return parts
}

/** Every fold of a change. */
export function foldsOfDiff(chunks: DiffChunk[]): string[] {
  return chunks.flatMap(({ name, groups }, index) => [
    ...(index === 0 ? [] : [name]),
    ...groups.flatMap((group) => (group.kind === 'same' ? [group.name] : [])),
  ])
}
