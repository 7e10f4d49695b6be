import { isSameValue } from '../../contract/domain/isSameValue.ts'
import type { Item } from '../../contract/domain/turn.ts'
import type { Lane } from './layOutConversation.ts'
import type { ConversationRow } from './layOutRows.ts'

/**
 * Each update brings turns as new objects, and rows are laid out anew; this tells which look as before, so that they are not
 * drawn again.
 */
export function isSameRow(a: ConversationRow, b: ConversationRow): boolean {
  return a.key === b.key && isSameShallow(a.lanes, b.lanes) && isSameContent(a, b)
}

function isSameContent(a: ConversationRow, b: ConversationRow): boolean {
  if (a.kind === 'item' && b.kind === 'item') {
    return a.isInRun === b.isInRun && isSameShallow(a.flags, b.flags) && isSameItem(a.item, b.item)
  }
  if (a.kind === 'prompt' && b.kind === 'prompt') return a.text === b.text && a.asker === b.asker
  if (a.kind === 'end' && b.kind === 'end' && a.agentTokens !== b.agentTokens) return false
  if (a.kind === 'model' && b.kind === 'model') return a.from === b.from && a.to === b.to
  if (a.kind === 'retries' && b.kind === 'retries') return isSameValue(a.attempts, b.attempts)
  if (a.kind === 'run' && b.kind === 'run') {
    const [ours, theirs] = [a.run.calls, b.run.calls]
    return ours.length === theirs.length && ours.every((call, at) => isSameItem(call, theirs[at] as Item))
  }
  if (a.kind === 'lane' && b.kind === 'lane' && !isSameLane(a.lane, b.lane)) return false
  return a.kind === b.kind && a.turn === b.turn && a.number === b.number
}

function isSameLane(a: Lane, b: Lane): boolean {
  const turnsOf = ({ turns }: Lane) => turns.map(({ turn }) => turn)
  return a.thread === b.thread && isSameShallow(turnsOf(a), turnsOf(b))
}

export function isSameItem(a: Item, b: Item): boolean {
  return a === b || isSameValue(a, b)
}

export function isSameShallow<T extends object>(a: T, b: T): boolean {
  const keys = Object.keys(a) as (keyof T)[]
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key])
}
