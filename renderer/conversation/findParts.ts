import { readableJson, readableJsonText } from '../../contract/domain/readableJson.ts'
import type { Item, ToolCall } from '../../contract/domain/turn.ts'
import { blockBorder } from '../ui/textBlocks.ts'
import { readAnsi, revealControls } from '../ui/untrustedText.ts'
import { firstLine, goesOn } from './describeActivity.ts'
import { tellError } from './explainError.ts'
import { failureOf } from './failureOf.ts'
import { hasFailed } from './hasFailed.ts'
import { hasPictures } from './hasPictures.ts'
import { type DiffChunk, layOutDiff, nameDiff, nameFile } from './layOutDiff.ts'
import type { ConversationRow } from './layOutRows.ts'
import { knownText } from './markdownTexts.ts'
import { type FileChange, parsePatch } from './patch.ts'
import { readMcpPart } from './readMcpPart.ts'
import type { Use } from './readUse.ts'
import { splitThought } from './splitThought.ts'
import { summarizeLane } from './summarizeLane.ts'
import { isProgramOf, showsOutput, usesOf } from './usesOf.ts'

/** A text of a row as it stands on the page. */
export interface Part {
  text: string
  /** What has to be open in the row for it to be seen. */
  folds: string[]
  /** The `data-piece` of the element that shows it, and nothing else. Null for a long output, whose pieces come and go. */
  piece: string | null
  /** It is in the last piece of a long output. */
  isAtEnd?: boolean
}

const known = new WeakMap<Item, Part[]>()

/** The texts of a row in the order in which they stand on the page when all of it is open. */
export function partsOf(row: ConversationRow): Part[] {
  switch (row.kind) {
    case 'prompt':
      return [part('text', row.text, ['prompt'])]
    case 'retries':
      return row.attempts.flatMap(({ item }) =>
        item.code === 'cut' ? [] : [part(nameAttempt(item.id), item.message, ['row'])],
      )
    case 'failure':
      return [partOfError(failureOf(row.turn))]
    case 'lane': {
      const { name, task, liveSince } = summarizeLane(row.lane, row.turn)
      return [part('name', name, []), ...(liveSince === null && task !== null ? [part('task', task, [])] : [])]
    }
    case 'item':
      return row.flags.isLimitSeam ? [] : partsOfItem(row.item)
    default:
      return []
  }
}

export function nameAttempt(itemId: string): string {
  return `attempt ${itemId}`
}

export function namePart(index: number): string {
  return `part ${index}`
}

/** The fold by which a tree is read as text. */
export function nameTextFold(index: number): string {
  return `text ${index}`
}

/** `text`: several where none goes on in the next. */
function part(piece: string, text: string | string[], folds: string[]): Part {
  const texts = typeof text === 'string' ? [text] : text
  return { text: texts.map(revealControls).join(blockBorder), folds, piece }
}

function partsOfItem(item: Item): Part[] {
  switch (item.type) {
    case 'userMessage':
      return [part('text', item.text, ['prompt'])]
    case 'reasoning': {
      const { summary, rest, hasTitle } = splitThought(item.text.trim())
      if (rest === '') return [part('text', summary, [])]
      return [...(hasTitle ? [part('summary', summary, [])] : []), ...partsOfProse(item, ['row'])]
    }
    case 'assistantMessage':
      return partsOfProse(item, [])
    case 'compaction':
      return partsOfProse(item, ['compaction'])
    case 'error':
      return [partOfError(item)]
    case 'unknown':
      return [part('label', item.label, []), part('raw', readableJson(item.raw), ['row'])]
    case 'toolCall': {
      const parts = known.get(item) ?? partsOfCall(item)
      known.set(item, parts)
      return parts
    }
  }
}

function partsOfProse(item: Extract<Item, { type: 'reasoning' | 'assistantMessage' | 'compaction' }>, folds: string[]) {
  const text = knownText(item)
  return text === null ? [] : [{ text, folds, piece: 'text' }]
}

function partOfError(item: Extract<Item, { type: 'error' }>): Part {
  const { title, text } = tellError(item)
  return part('error', [title, text], [])
}

function partsOfCall(call: ToolCall): Part[] {
  const changes = call.patch === null ? null : parsePatch(call.patch)
  const uses = usesOf(call)
  const isProgram = isProgramOf(call)
  const source = isProgram ? [part('source', call.input, ['card', 'source'])] : []
  const [use, ...others] = uses
  if (use && others.length === 0 && call.commands.length === 0 && !changes) {
    const output = showsOutput(call, use) ? partsOfOutput(call) : []
    return [...partsOfHead(use), ...partsOfUse(use, 0), ...output, ...source]
  }
  if (call.commands.length > 0 || (isProgram && !changes)) {
    return [
      ...partsOfCommands(call.commands),
      ...uses.flatMap(partsOfUse),
      ...partsOfOutput(call),
      ...partsOfChanges(changes ?? [], ['card']),
      ...source,
    ]
  }
  if (changes) {
    const output = hasFailed(call) || hasPictures(call) ? partsOfOutput(call) : []
    return [...partsOfChanges(changes, changes.length === 1 ? [] : ['card']), ...output, ...source]
  }
  return [part('name', call.name, []), ...partsOfArguments('use 0', call.input), ...partsOfOutput(call)]
}

/** Commands that are listed in the card are named in its head too; they count once. */
function partsOfCommands(commands: string[]): Part[] {
  const [only, ...others] = commands
  if (only === undefined) return []
  if (others.length === 0 && !goesOn(only)) return [part('head', firstLine(only), [])]
  return commands.map((command, index) => part(`command ${index}`, command, ['card']))
}

/** What the head of a card says that its body does not. */
function partsOfHead(use: Use): Part[] {
  switch (use.kind) {
    case 'mcp':
      return [part('server', use.server, []), part('tool', use.tool, [])]
    case 'terminal':
      return use.typed.trim() === '' ? [] : [part('typed', typedText(use.typed), [])]
    case 'image':
      return [part('head', firstLine(use.paths[0] ?? ''), [])]
    case 'spawn':
      return use.message === null && use.task !== null ? [part('head', firstLine(use.task), [])] : []
    case 'agents':
      return use.names.length === 0 ? [] : [part('head', use.names.join(', '), [])]
    default:
      return []
  }
}

/** What was typed, as far as the head of a card shows it. */
export function typedText(typed: string): string {
  return typed.trimEnd().slice(0, 1_000)
}

function partsOfUse(use: Use, place: number): Part[] {
  const name = `use ${place}`
  const inCard = (texts: string[]) => texts.map((text, index) => part(`${name}.${index}`, text, ['card']))
  switch (use.kind) {
    case 'plan':
      return inCard([use.explanation ?? '', ...use.steps.map((step) => step.text)])
    case 'web':
      return inCard([...use.searches, ...use.pages, ...use.patterns])
    case 'drawing':
      return inCard([use.prompt])
    case 'spawn':
      return inCard(use.message === null ? [] : [use.message])
    case 'mcp':
      return partsOfArguments(name, use.input)
    case 'image':
    case 'terminal':
    case 'program':
    case 'agents':
      return []
  }
}

function partsOfArguments(name: string, input: string): Part[] {
  return [part(name, readableJsonText(input), ['card'])]
}

function partsOfOutput(call: ToolCall): Part[] {
  const { output, outputCut, parts } = call
  if (output === null) return []
  const folds = ['card', 'output']
  if (outputCut) {
    const start = { text: printed(output), folds, piece: null }
    return [start, { text: printed(outputCut.end), folds, piece: null, isAtEnd: true }]
  }
  return parts && parts.length > 0 ? partsOfMcp(output, parts) : [{ text: printed(output), folds, piece: 'output' }]
}

type McpParts = NonNullable<ToolCall['parts']>

function partsOfMcp(output: string, parts: McpParts): Part[] {
  const isOnlyText = parts.filter((each) => 'start' in each).length === 1
  return parts.flatMap((each, index) =>
    'picture' in each ? [] : partsOfMcpText(output.slice(each.start, each.end), index, isOnlyText),
  )
}

function partsOfMcpText(text: string, index: number, isOnlyText: boolean): Part[] {
  const read = readMcpPart(text)
  const name = namePart(index)
  switch (read.kind) {
    case 'json':
      return [part(name, readableJson(read.value), ['card', nameTextFold(index)])]
    case 'link':
      return [part(name, [read.name, read.name === read.uri ? '' : read.uri, read.description ?? ''], ['card'])]
    case 'resource':
      return [
        part(name, [read.uri, read.mediaType ?? ''], ['card']),
        { text: printed(read.text ?? ''), folds: ['card'], piece: `${name} text` },
      ]
    case 'text':
      // One that folds has one fold of its card.
      return [
        isOnlyText
          ? { text: printed(read.text), folds: ['card', 'output'], piece: 'output' }
          : { text: printed(read.text), folds: ['card'], piece: name },
      ]
  }
}

function partsOfChanges(changes: FileChange[], headFolds: string[]): Part[] {
  return changes.flatMap((change, index) => [
    part(nameFile(index), change.movedTo === null ? change.path : `${change.path} → ${change.movedTo}`, headFolds),
    ...layOutDiff(change.lines, nameDiff(index)).flatMap(partsOfChunk),
  ])
}

function partsOfChunk({ name: chunk, groups }: DiffChunk, index: number): Part[] {
  return groups.map(({ name, kind, lines }) =>
    part(
      name,
      lines.map(({ text }) => text),
      ['card', ...(index === 0 ? [] : [chunk]), ...(kind === 'same' ? [name] : [])],
    ),
  )
}

function printed(output: string): string {
  if (!output.includes('\u001b') && !output.includes('\r')) return revealControls(output)
  return readAnsi(output)
    .map(({ text }) => text)
    .join('')
}
