import {
  type ContextDiff,
  type ContextKind,
  type ContextPart,
  contextKindSchema,
} from '../../contract/domain/context.ts'

/** One kind of what filled the window. */
export interface KindRow {
  kind: ContextKind
  title: string
  /** Tools are counted one by one, all else by part. */
  count: number
  noun: string
  bytes: number
  tokens: number
  /** Against the previous request; null where there is none. */
  tokensMore: number | null
}

const names: Record<ContextKind, { title: string; noun: string }> = {
  instructions: { title: 'Instructions', noun: 'item' },
  tools: { title: 'Tools', noun: 'tool' },
  history: { title: 'History', noun: 'item' },
  files: { title: 'Files', noun: 'reading' },
  output: { title: 'Tool output', noun: 'result' },
  images: { title: 'Images', noun: 'image' },
}

/** In the order of the colours, without what there is none of, now or before. */
export function stackContext(parts: ContextPart[], previous: ContextDiff['previousTokens'] | null): KindRow[] {
  const rows = new Map<ContextKind, KindRow>(
    contextKindSchema.options.map((kind) => [
      kind,
      { kind, ...names[kind], count: 0, bytes: 0, tokens: 0, tokensMore: null },
    ]),
  )
  for (const { kind, count, bytes, tokens } of parts) {
    const row = rows.get(kind) as KindRow
    row.count += count
    row.bytes += bytes
    row.tokens += tokens
  }
  for (const row of rows.values()) row.tokensMore = previous ? row.tokens - previous[row.kind] : null
  return [...rows.values()].filter(({ kind, count }) => count > 0 || (previous?.[kind] ?? 0) > 0)
}

export function orderBySize(parts: ContextPart[]): ContextPart[] {
  return [...parts].sort((a, b) => b.tokens - a.tokens || b.bytes - a.bytes)
}

/** Who a part is by, in a word. */
export function nameRole({ kind, role }: Pick<ContextPart, 'kind' | 'role'>): string {
  switch (role) {
    case 'user':
      return 'You'
    case 'assistant':
      return 'Codex'
    case 'reasoning':
      return 'Thought'
    case 'toolCall':
      return 'Call'
    case 'compaction':
      return 'Summary'
    case 'other':
      return 'Other'
    case null:
      return kind === 'output' ? 'Output' : names[kind].title
  }
}
