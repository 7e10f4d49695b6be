import { isPlainEnough } from '../../contract/domain/markdown.ts'
import type { Item } from '../../contract/domain/turn.ts'
import { longestText } from '../ui/Markdown.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import type { ConversationRow } from './layOutRows.ts'
import { bodyOfThought } from './splitThought.ts'

type ProseItem = Extract<Item, { type: 'reasoning' | 'assistantMessage' | 'compaction' }>

/** Of each item what its Markdown reads as on the page. To know it takes a parser, so it is read once, and only when it is asked for. */
const known = new WeakMap<Item, string>()

/** Null until it was read. */
export function knownText(item: ProseItem): string | null {
  return known.get(item) ?? null
}

/** Reads what may say it, as far as it gets until `isTimeUp`; true when there is nothing left to read. */
export function readTexts(
  rows: ConversationRow[],
  query: string,
  read: (text: string) => string,
  isTimeUp: () => boolean,
): boolean {
  for (const item of unreadTexts(rows, query)) {
    if (isTimeUp()) return false
    known.set(item, readText(item, read))
  }
  return true
}

/** Whether something that may say it is still to be read. */
export function hasUnreadTexts(rows: ConversationRow[], query: string): boolean {
  return !unreadTexts(rows, query).next().done
}

function* unreadTexts(rows: ConversationRow[], query: string): Generator<ProseItem> {
  if (query.trim() === '') return
  const words = query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  for (const row of rows) {
    if (row.kind !== 'item') continue
    const { item } = row
    const isProse = item.type === 'reasoning' || item.type === 'assistantMessage' || item.type === 'compaction'
    if (isProse && !known.has(item) && maySay(item.text, words)) yield item
  }
}

/** Marks may stand within words, and where a link leads between the parts of one; what is written as a number is anything. */
function maySay(text: string, words: string[]): boolean {
  if (/&#?\w+;|\[\^/.test(text)) return true
  const bare = text.toLowerCase().replace(/[*_~`\\<>[\]!]/g, '')
  if (words.every((word) => bare.includes(word))) return true
  if (!text.includes('](') && !text.includes('][')) return false
  const unlinked = text
    .toLowerCase()
    .replace(/\]\([^)]{0,500}\)|\]\[[^\]]{0,500}\]/g, '')
    .replace(/[*_~`\\<>[\]!]/g, '')
  return words.every((word) => unlinked.includes(word) || bare.includes(word))
}

/** What is too long or too tangled stands on the page as it is. */
function readText(item: ProseItem, read: (text: string) => string): string {
  const text = revealControls(
    (item.type === 'reasoning' ? bodyOfThought(item.text.trim()) : item.text).slice(0, longestText),
  )
  if (!isPlainEnough(text)) return text
  try {
    return read(text)
  } catch {
    return text
  }
}
