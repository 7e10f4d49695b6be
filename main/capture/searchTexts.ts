import type { SearchKind } from '../../contract/domain/search.ts'
import type { Item } from '../../contract/domain/turn.ts'

export interface SearchText {
  kind: SearchKind
  text: string
}

/** What search finds an item by, each kind of text for itself; nothing of what has no words. */
export function searchTexts(item: Item): SearchText[] {
  return textsOf(item).filter(({ text }) => text !== '')
}

function textsOf(item: Item): SearchText[] {
  switch (item.type) {
    case 'userMessage':
      return [{ kind: 'prompt', text: item.text }]
    case 'reasoning':
      return [{ kind: 'thought', text: item.text }]
    case 'assistantMessage':
      return [{ kind: 'answer', text: item.text }]
    case 'compaction':
      return [{ kind: 'other', text: item.text }]
    case 'toolCall':
      return [
        { kind: 'command', text: commandOf(item) },
        { kind: 'file', text: item.patch ?? '' },
        { kind: 'output', text: item.output ?? '' },
      ]
    case 'error':
      return [{ kind: 'other', text: [item.code, item.message].filter((text) => text !== null).join('\n') }]
    case 'unknown':
      return [{ kind: 'other', text: JSON.stringify(item.raw) ?? '' }]
  }
}

function commandOf({ name, input, commands, patch }: Extract<Item, { type: 'toolCall' }>): string {
  if (commands.length > 0) return commands.join('\n')
  return patch === null ? [name, input].filter((text) => text !== '').join('\n') : ''
}
