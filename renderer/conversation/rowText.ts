import { readableJson } from '../../contract/domain/readableJson.ts'
import type { ConversationRow } from './layOutRows.ts'
import { describeRetries } from './retries.ts'

/** What somebody copies who copies the row: what was said, or what ran. Null where there is nothing of the kind. */
export function rowText(row: ConversationRow): string | null {
  if (row.kind === 'prompt') return row.text
  if (row.kind === 'retries') {
    return [describeRetries(row.attempts), ...row.attempts.map(({ item }) => item.message)].join('\n')
  }
  if (row.kind !== 'item') return null
  const { item } = row
  switch (item.type) {
    case 'toolCall':
      return (item.commands.length > 0 ? item.commands.join('\n') : (item.patch ?? item.input)) || null
    case 'error':
      return item.message
    case 'unknown':
      return readableJson(item.raw) || null
    default:
      return item.text || null
  }
}
