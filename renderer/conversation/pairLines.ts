import type { DiffLine } from './patch.ts'

/** A row of two columns: what stood there, and what stands there now. A heading goes across both. */
export type LinePair = { hunk: string } | { before: DiffLine | null; after: DiffLine | null }

/** Removed and added lines that stand together face each other in order; where one side has more, the other is empty. */
export function pairLines(lines: readonly DiffLine[]): LinePair[] {
  const pairs: LinePair[] = []
  let removed: DiffLine[] = []
  let added: DiffLine[] = []
  function settle() {
    for (let at = 0; at < Math.max(removed.length, added.length); at += 1) {
      pairs.push({ before: removed[at] ?? null, after: added[at] ?? null })
    }
    removed = []
    added = []
  }
  for (const line of lines) {
    if (line.kind === 'remove') {
      // What is removed after something was added begins a change of its own.
      if (added.length > 0) settle()
      removed.push(line)
    } else if (line.kind === 'add') added.push(line)
    else {
      settle()
      pairs.push(line.kind === 'hunk' ? { hunk: line.text } : { before: line, after: line })
    }
  }
  settle()
  return pairs
}
