import type { ContextChange, ContextDiff } from '../../contract/domain/context.ts'

type NamedChange = Exclude<ContextChange, { type: 'kept' }>

/** An output is called by what was called, as the call itself is. */
export function nameChange({ kind, label }: Pick<NamedChange, 'kind' | 'label'>): string {
  const name = label || kind
  switch (kind) {
    case 'output':
      return `Output of ${name}`
    case 'files':
      return `Contents of ${name}`
    case 'tools':
      return `${namesIn(label).length === 1 ? 'Tool' : 'Tools'}: ${name}`
    default:
      return name
  }
}

/** Tools that came or went, without those that a row of an item names already; of an item that names more than its row has room for, all. */
export function toolsBesideItems({ tools, changes }: Pick<ContextDiff, 'tools' | 'changes'>): {
  added: string[]
  removed: string[]
} {
  const beside = (names: string[], type: 'added' | 'removed') => {
    const named = new Set(
      changes.flatMap((change) => (change.type === type && change.kind === 'tools' ? namesIn(change.label) : [])),
    )
    return names.every((name) => named.has(name) || named.has(name.replace(toldApart, ''))) ? [] : names
  }
  return { added: beside(tools.added, 'added'), removed: beside(tools.removed, 'removed') }
}

/** Of a name that comes twice. */
const toldApart = / \d+$/

const namesIn = (label: string) => label.split(', ')
