import type { Item } from '../../contract/domain/turn.ts'

/** What search finds an item by; empty for what has no words. */
export function searchText(item: Item): string {
  switch (item.type) {
    case 'userMessage':
    case 'reasoning':
    case 'assistantMessage':
    case 'compaction':
      return item.text
    case 'toolCall': {
      const input = item.commands.length > 0 || item.patch !== null ? [...item.commands, item.patch] : [item.input]
      return [item.name, ...input, item.output].filter((text) => text !== null && text !== '').join('\n')
    }
    case 'error':
      return [item.code, item.message].filter((text) => text !== null).join('\n')
    case 'unknown':
      return JSON.stringify(item.raw) ?? ''
  }
}
