import { findPattern } from '../../contract/domain/findPattern.ts'
import type { Item, Turn } from '../../contract/domain/turn.ts'

/** Codex gives the model some 10,000 tokens of an output; what is longer comes of tools that cut nothing. */
const longestOutput = 96_000
const beginning = 48_000
const ending = 16_000

/**
 * The turn as it is sent to those who look at it: of each output that is too long its first and its last lines. They get the
 * rest when they ask for it.
 */
export function cutLongOutputs(turn: Turn): Turn {
  if (!turn.items.some(isLong)) return turn
  return { ...turn, items: turn.items.map((item) => (isLong(item) ? cutOnce(item) : item)) }
}

interface LongCall extends Extract<Item, { type: 'toolCall' }> {
  output: string
}

function isLong(item: Item): item is LongCall {
  return item.type === 'toolCall' && item.output !== null && item.output.length > longestOutput
}

/** A live turn is told of each time that something of it changes, and most of its items do not. */
const known = new WeakMap<LongCall, Item>()

function cutOnce(item: LongCall): Item {
  const short = known.get(item) ?? cut(item)
  known.set(item, short)
  return short
}

function cut(item: LongCall): Item {
  const { output } = item
  const { endOfFirst, startOfLast } = edgesOf(output)
  return {
    ...item,
    output: output.slice(0, endOfFirst),
    outputCut: { length: output.length, lineCount: countLines(output), end: output.slice(startOfLast) },
  }
}

/** Between whole lines, where there are any. */
function edgesOf(output: string): { endOfFirst: number; startOfLast: number } {
  const lastBreak = output.lastIndexOf('\n', beginning)
  const firstBreak = output.indexOf('\n', output.length - ending)
  const isNear = firstBreak !== -1 && firstBreak < output.length - ending / 2
  return {
    endOfFirst: lastBreak > beginning / 2 ? lastBreak + 1 : beginning,
    startOfLast: isNear ? firstBreak + 1 : output.length - ending,
  }
}

function countLines(text: string): number {
  let count = 1
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1
  return count
}

export interface LeftOutHit {
  turnId: string
  itemId: string
  /** In the whole output. */
  offset: number
}

/** Where a text stands in what `cutLongOutputs` leaves out, whatever its case. */
export function findLeftOut(turns: Turn[], text: string, limit: number): LeftOutHit[] {
  const pattern = findPattern(text)
  if (!pattern) return []
  const hits: LeftOutHit[] = []
  for (const turn of turns) {
    for (const item of turn.items) {
      if (!isLong(item)) continue
      const { endOfFirst, startOfLast } = edgesOf(item.output)
      pattern.lastIndex = Math.max(0, endOfFirst - text.length + 1)
      for (let found = pattern.exec(item.output); found; found = pattern.exec(item.output)) {
        if (found.index >= startOfLast) break
        hits.push({ turnId: turn.id, itemId: item.id, offset: found.index })
        if (hits.length >= limit) return hits
      }
    }
  }
  return hits
}
