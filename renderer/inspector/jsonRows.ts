import type { JsonChild, JsonNode, JsonType } from '../../contract/domain/body.ts'

export type Path = (string | number)[]

/** What is loaded of one unfolded value. */
export interface LoadedNode {
  type: JsonType
  size: number
  children: JsonChild[]
  text: string
  nextOffset: number | null
}

export type JsonRow =
  | { kind: 'value'; id: string; path: Path; depth: number; child: JsonChild; isOpen: boolean; canOpen: boolean }
  /** A long text that is unfolded. */
  | { kind: 'text'; id: string; path: Path; depth: number; text: string }
  /** There is more of the value above than was loaded, or nothing of it yet. */
  | { kind: 'rest'; id: string; path: Path; depth: number; rest: number }

/** Longer texts are shown by their begin until they are unfolded. */
export const shortTextLength = 120

export function keyOfPath(path: Path): string {
  return JSON.stringify(path)
}

export function canOpen({ type, size, preview }: JsonChild): boolean {
  if (type === 'object' || type === 'array') return size > 0
  return type === 'string' && (size > shortTextLength || preview.includes('\n'))
}

export function appendNode(known: LoadedNode | undefined, node: JsonNode): LoadedNode {
  const { type, size, nextOffset } = node
  return {
    type,
    size,
    nextOffset,
    children: [...(known?.children ?? []), ...node.children],
    text: (known?.text ?? '') + (node.text ?? ''),
  }
}

/** The rows that are to be seen: the root, and what is below each value that is open, as far as it is loaded. */
export function layOutRows(
  root: JsonChild,
  open: ReadonlySet<string>,
  loaded: ReadonlyMap<string, LoadedNode>,
): JsonRow[] {
  const rows: JsonRow[] = []
  const waiting: { child: JsonChild | null; path: Path; depth: number; row?: JsonRow }[] = [
    { child: root, path: [], depth: 0 },
  ]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { child, path, depth } = next
    if (next.row || !child) {
      if (next.row) rows.push(next.row)
      continue
    }
    const id = keyOfPath(path)
    const isOpen = open.has(id) && canOpen(child)
    rows.push({ kind: 'value', id, path, depth, child, isOpen, canOpen: canOpen(child) })
    if (!isOpen) continue
    const node = loaded.get(id)
    const shown = node ? (node.type === 'string' ? node.text.length : node.children.length) : 0
    const rest = (node?.size ?? child.size) - shown
    if (node?.type === 'string' && node.text !== '') {
      rows.push({ kind: 'text', id: `${id} text`, path, depth: depth + 1, text: node.text })
    }
    if (!node || node.nextOffset !== null) {
      const row: JsonRow = { kind: 'rest', id: `${id} rest`, path, depth: depth + 1, rest }
      waiting.push({ child: null, path, depth, row })
    }
    for (const inner of node?.children.toReversed() ?? []) {
      waiting.push({ child: inner, path: [...path, inner.key], depth: depth + 1 })
    }
  }
  return rows
}

/** Where the left arrow leads: to what a row is a part of. */
export function findParent(rows: JsonRow[], at: number): number {
  const row = rows[at]
  if (!row) return -1
  for (let above = at - 1; above >= 0; above--) if ((rows[above] as JsonRow).depth < row.depth) return above
  return -1
}
