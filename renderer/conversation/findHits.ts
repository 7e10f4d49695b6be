import { readableJson } from '../../contract/domain/readableJson.ts'
import type { Item, ToolCall } from '../../contract/domain/turn.ts'
import { readAnsi } from '../ui/untrustedText.ts'
import { firstLine, goesOn } from './describeActivity.ts'
import { type DiffChunk, layOutDiff, nameDiff } from './layOutDiff.ts'
import type { ConversationRow } from './layOutRows.ts'
import { type FileChange, parsePatch } from './patch.ts'
import { textsOfUse } from './readUse.ts'
import type { Attempt } from './retries.ts'
import { isProgramOf, showsOutput, usesOf } from './usesOf.ts'

export interface Hit {
  /** Of the row. */
  key: string
  turnId: string
  /** What has to be open in the item for it to be seen. */
  folds: string[]
  /** Which of the hits of its item it is; of a hit in a piece of a long output, which of the piece. */
  nth: number
  /** Where in a long output it is, if that part did not come along. */
  offset: number | null
  /** It is in the last piece of a long output. */
  isAtEnd: boolean
  /** The lines of a diff that it is in; `nth` counts in there. */
  piece: string | null
}

interface Part {
  text: string
  folds: string[]
  isAtEnd?: boolean
  piece?: string
}

/** Where the parts of outputs that did not come along have it, by item. */
export type LeftOut = ReadonlyMap<string, number[]>

/** All places where the conversation says it, drawn or not, in the order in which they are read. */
export function findHits(rows: ConversationRow[], query: string, leftOut: LeftOut): Hit[] {
  const pattern = patternOf(query)
  if (!pattern) return []
  return rows.flatMap((row) => {
    const parts = partsOf(row)
    const at = { key: row.key, turnId: row.turn.id }
    let nth = 0
    return parts.flatMap((part) => {
      const isAtEnd = part.isAtEnd ?? false
      const between = isAtEnd ? (leftOut.get(row.key) ?? []) : []
      const hitIn = { ...at, folds: part.folds, piece: part.piece ?? null }
      const missing = between.map((offset): Hit => ({ ...hitIn, nth: 0, offset, isAtEnd: false }))
      if (isAtEnd) nth = 0
      const found = countIn(part.text, pattern)
      const hits = Array.from({ length: found }, (_, index): Hit => {
        const hit = { ...hitIn, nth: part.piece === undefined ? nth : index, offset: null, isAtEnd }
        nth += 1
        return hit
      })
      return [...missing, ...hits]
    })
  })
}

/** Whatever its case; null when there is nothing to look for. */
export function patternOf(query: string): RegExp | null {
  return query.trim() === '' ? null : new RegExp(query.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'gi')
}

export function countIn(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

const known = new WeakMap<Item, Part[]>()

function partsOf(row: ConversationRow): Part[] {
  if (row.kind === 'prompt') return [{ text: row.text, folds: ['prompt'] }]
  if (row.kind === 'retries') return partsOfRetries(row.attempts)
  if (row.kind !== 'item') return []
  const parts = known.get(row.item) ?? partsOfItem(row.item)
  known.set(row.item, parts)
  return parts
}

function partsOfRetries(attempts: Attempt[]): Part[] {
  return attempts.flatMap(({ item }) => (item.code === 'cut' ? [] : [{ text: item.message, folds: ['row'] }]))
}

/** The texts of an item in the order in which they stand on the page when all of it is open. */
function partsOfItem(item: Item): Part[] {
  switch (item.type) {
    case 'userMessage':
      return [{ text: item.text, folds: ['prompt'] }]
    case 'reasoning':
      return [{ text: item.text, folds: item.text.trim().includes('\n') ? ['row'] : [] }]
    case 'assistantMessage':
      return [{ text: item.text, folds: [] }]
    case 'compaction':
      return [{ text: item.text, folds: ['compaction'] }]
    case 'error':
      return [{ text: item.message, folds: [] }]
    case 'unknown':
      return [
        { text: item.label, folds: [] },
        { text: readableJson(item.raw), folds: ['row'] },
      ]
    case 'toolCall':
      return partsOfCall(item)
  }
}

function partsOfCall(call: ToolCall): Part[] {
  const changes = call.patch === null ? null : parsePatch(call.patch)
  const uses = usesOf(call)
  const isProgram = isProgramOf(call)
  const source: Part[] = isProgram ? [{ text: call.input, folds: ['card', 'source'] }] : []
  const asked: Part[] = uses.flatMap(textsOfUse).map((text) => ({ text, folds: ['card'] }))
  const hasReason = call.status === 'failed' || (call.exitCode ?? 0) !== 0
  if (uses.length === 1 && call.commands.length === 0 && !changes) {
    const [use] = uses
    return [...asked, ...(use && showsOutput(call, use) ? partsOfOutput(call) : []), ...source]
  }
  if (call.commands.length > 0 || (isProgram && !changes)) {
    return [
      ...partsOfCommands(call.commands),
      ...asked,
      ...partsOfOutput(call),
      ...partsOfChanges(changes ?? []),
      ...source,
    ]
  }
  if (changes) {
    return [...partsOfChanges(changes), ...(hasReason ? partsOfOutput(call) : []), ...source]
  }
  return [{ text: call.name, folds: [] }, { text: call.input, folds: ['card'] }, ...partsOfOutput(call)]
}

function partsOfCommands(commands: string[]): Part[] {
  const [only, ...others] = commands
  const head = { text: commands.map(firstLine).join(' · '), folds: [] }
  const isSpread = others.length > 0 || (only !== undefined && goesOn(only))
  return isSpread ? [head, ...commands.map((text) => ({ text, folds: ['card'] }))] : [head]
}

function partsOfOutput({ output, outputCut }: ToolCall): Part[] {
  if (output === null) return []
  const folds = ['card', 'output']
  const start = { text: plain(output), folds }
  return outputCut ? [start, { text: plain(outputCut.end), folds, isAtEnd: true }] : [start]
}

function partsOfChanges(changes: FileChange[]): Part[] {
  return changes.flatMap((change, index) => [
    { text: change.movedTo === null ? change.path : `${change.path} → ${change.movedTo}`, folds: [] },
    ...layOutDiff(change.lines, nameDiff(index)).flatMap(partsOfChunk),
  ])
}

function partsOfChunk({ name: chunk, groups }: DiffChunk, index: number): Part[] {
  return groups.map(({ name, kind, lines }) => ({
    text: lines.map(({ text }) => text).join('\n'),
    folds: ['card', ...(index === 0 ? [] : [chunk]), ...(kind === 'same' ? [name] : [])],
    piece: name,
  }))
}

function plain(output: string): string {
  if (!output.includes('\u001b') && !output.includes('\r')) return output
  return readAnsi(output)
    .map(({ text }) => text)
    .join('')
}
