import type { Picture } from '../../contract/domain/picture.ts'
import type { Item } from '../../contract/domain/turn.ts'
import { hasPictures } from './hasPictures.ts'
import type { ConversationRow } from './layOutRows.ts'
import { thumbSize } from './pictureWords.ts'

const spaces = { 0: 0, 1: 4, 3: 12, 4: 16, 5: 20 } as const
const lineLength = 95
const lineHeight = 20
/** As high as turns commonly are. */
export const unreadHeight = 240

/** About how high a row is before it was drawn once, so that the scroll bar tells the truth about how much there is. */
export function estimateHeight(row: ConversationRow): number {
  return spaces[row.gap] + heightOf(row)
}

/** Whenever one row is measured, all those behind it are laid out anew, and at each update all of them. */
const heights = new WeakMap<Item, number>()

function heightOf(row: ConversationRow): number {
  switch (row.kind) {
    case 'prompt':
      return heightOfPrompt(row.text)
    case 'item':
      return heightOfItem(row.item)
    case 'failure':
      return 72
    case 'unread':
      return unreadHeight
    case 'end':
    case 'model':
      return 16
    default:
      return 28
  }
}

function heightOfItem(item: Item): number {
  switch (item.type) {
    case 'userMessage':
      return heightOfPrompt(item.text) + heightOfPictures(item.pictures)
    case 'assistantMessage':
      return heightOfText(item)
    case 'toolCall':
      if (hasPictures(item)) return 28 + heightOfPictures(item.pictures)
      return item.status === 'failed' || (item.exitCode ?? 0) !== 0 ? 120 : 28
    case 'error':
      return 72
    case 'compaction':
      return 50
    default:
      return 28
  }
}

function heightOfText(item: Item & { text: string }): number {
  const known = heights.get(item)
  if (known !== undefined) return known
  const height = Math.max(1, countLines(item.text)) * lineHeight
  heights.set(item, height)
  return height
}

/** Side by side, as most are. */
function heightOfPictures(pictures: Picture[] = []): number {
  if (pictures.length === 0) return 0
  return 40 + Math.max(...pictures.map((picture) => (picture.problem === null ? thumbSize(picture).height : 44)))
}

function heightOfPrompt(text: string): number {
  return 16 + Math.min(8, Math.max(1, countLines(text))) * lineHeight
}

function countLines(text: string): number {
  return text
    .slice(0, 20_000)
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / lineLength)), 0)
}
