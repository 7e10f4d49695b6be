import type { Status } from '../../../contract/domain/exchange.ts'
import type { Picture } from '../../../contract/domain/picture.ts'
import { longestPlain, plainMarkdown } from '../../../contract/domain/plainMarkdown.ts'
import { readableSnippet } from '../../../contract/domain/readableSnippet.ts'
import { countHits, type SearchHit, type SearchKind } from '../../../contract/domain/search.ts'
import { nameGit, nameSigner, type Session } from '../../../contract/domain/session.ts'
import type { Item, Turn } from '../../../contract/domain/turn.ts'
import type { Usage } from '../../../contract/domain/usage.ts'
import { ago, count, duration, shortCount, shortFolder, wrap } from './formatting.ts'
import { shortenIds } from './ids.ts'
import { defuse, oneLine } from './terminal.ts'

const marks: Record<Status, string> = { live: '●', completed: '✓', failed: '✗', aborted: '◌', cut: '…' }
const separator = ' · '
/** What a hit is in. */
const kinds: Record<SearchKind, string> = {
  prompt: 'prompt',
  command: 'command',
  file: 'file',
  output: 'output',
  answer: 'answer',
  thought: 'thought',
  other: 'elsewhere',
}
/** Where no terminal says how wide it is. */
const longestTitle = 72
const [shortestFolder, longestFolder] = [16, 50]

/**
 * For a terminal that is `columns` wide, where ids are as short as can be typed; null where lines may be of any length and ids are
 * whole, for whatever reads them.
 */
export function describeSessions(
  sessions: Session[],
  total: number,
  { now, columns }: { now: number; columns: number | null },
): string {
  const shorten = shortenIds(sessions.map(({ id }) => id))
  const rows = sessions.map((session) => {
    const about = [
      columns === null ? '' : defuse(shorten(session.id)),
      ago(session.updatedAt, now),
      count(session.turnCount, 'turn'),
      `${shortCount(session.usage.totalTokens)} tok`,
      oneLine(session.model ?? '', 40),
    ].filter(Boolean)
    const room = columns === null ? longestFolder : columns - about.join(separator).length - separator.length - 2
    const folder = shortFolder(session.cwd ?? '', Math.max(shortestFolder, Math.min(longestFolder, room)))
    const title = oneLine(session.title, (columns ?? longestTitle) - 2)
    return [
      `${marks[session.status]} ${title}`,
      `  ${[...about, folder].filter(Boolean).join(separator)}`,
      ...(columns === null ? [`  ${defuse(session.id)}`] : []),
    ].join('\n')
  })
  const rest = total > sessions.length ? `\n\n${sessions.length} of ${total}; --limit shows more.` : ''
  return rows.join('\n') + rest
}

export function describeSession(session: Session, turns: Turn[], columns: number | null = null): string {
  const signer = nameSigner(session)
  const head = [
    session.model,
    signer && `${signer}${reasonOf(session)}`,
    session.cwd && shortFolder(session.cwd, Number.POSITIVE_INFINITY),
    session.git && nameGit(session.git),
  ]
  return [
    wrap(`${marks[session.status]} ${oneLine(session.title, 200)}`, columns, 2),
    wrap(head.filter(Boolean).join(separator), columns),
    defuse(session.id),
    ...turns.map((turn) => `\n${describeTurn(turn, columns)}`),
  ].join('\n')
}

/** Why the key paid, where that was not codex's own doing. */
function reasonOf({ credential }: Session): string {
  switch (credential) {
    case 'keyWithoutLogin':
      return ' (codex was not signed in)'
    case 'keyAlways':
      return ' (always, as set)'
    case 'keyAtLimit':
      return ' (the plan’s limit was reached)'
    case 'codexLogin':
    case null:
      return ''
  }
}

export function describeTurn(turn: Turn, columns: number | null = null): string {
  const took = turn.endedAt === null ? 'running' : duration(turn.endedAt - turn.startedAt)
  return [
    ...turn.items.map((item) => describeItem(item, columns)),
    `── ${marks[turn.status]} ${took} · ${describeUsage(turn.usage)} ──`,
  ].join('\n')
}

function describeItem(item: Item, columns: number | null): string {
  switch (item.type) {
    case 'userMessage':
      return block('You', item.text, columns)
    case 'assistantMessage':
      return block('Codex', item.text, columns)
    case 'reasoning':
      return block('Thought', item.text === '' ? '(encrypted)' : plainThought(item.text), columns)
    case 'toolCall': {
      const what = item.commands.length > 0 ? item.commands.join('\n') : (item.patch ?? item.input)
      const exit = item.exitCode === null ? '' : ` (exit ${item.exitCode})`
      return `${block(item.commands.length > 0 ? 'Ran' : item.patch ? 'Edited' : item.name, what)}${exit}${firstLines(item.output)}${describePictures(item.pictures)}`
    }
    case 'compaction':
      return block('Compacted', item.text || 'the context')
    case 'error':
      return block('Error', item.message, columns)
    case 'unknown':
      return block(item.label, JSON.stringify(item.raw))
  }
}

/** A thought is read, and not copied as an answer is, so that its marks go. One too long to be read as Markdown keeps them, and all of its words. */
function plainThought(text: string): string {
  return text.length > longestPlain ? text : plainMarkdown(text)
}

/** Prose is broken between words where the terminal ends; commands, patches and output stay as they can be copied. */
function block(label: string, text: string, columns: number | null = null): string {
  const name = oneLine(label, 20).padEnd(9)
  const lines = wrap(text.trimEnd(), columns === null ? null : columns - 10)
  return `${name} ${lines.replace(/\n/g, `\n${' '.repeat(10)}`)}`
}

function describePictures(pictures: Picture[] = []): string {
  return pictures
    .map(({ name, mediaType, width, height }) => {
      const size = width === null || height === null ? '' : `, ${width} × ${height} px`
      return `\n${' '.repeat(10)}[picture: ${oneLine(name ?? mediaType ?? 'elsewhere', 60)}${size}]`
    })
    .join('')
}

function firstLines(output: string | null): string {
  if (!output) return ''
  const lines = defuse(output).trimEnd().split('\n')
  const shown = lines.slice(0, 12).map((line) => `\n          │ ${line}`)
  return shown.join('') + (lines.length > 12 ? `\n          │ … ${lines.length - 12} more lines` : '')
}

/** Each with what it was found in, when, and the turn. What was found stands in bold where the terminal has that. */
export function describeHits(
  hits: SearchHit[],
  total: number,
  { hasBold, now, columns }: { hasBold: boolean; now: number; columns: number | null },
): string {
  const shorten = shortenIds(hits.map(({ turnId }) => turnId))
  const [on, off] = hasBold ? ['\u001b[1m', '\u001b[22m'] : ['', '']
  const rows = hits.map((hit) => {
    const place = hit.file && hit.file.line !== 'name' ? `${oneLine(hit.file.path, 100)}: ` : ''
    const line = wrap(`  ${place}${oneLine(readableSnippet(hit), 200)}`, columns, 2)
    // Where it was cut, or had such marks of its own, the last may lack its end.
    const end = line.lastIndexOf('\ue000') > line.lastIndexOf('\ue001') ? off : ''
    const text = line.replaceAll('\ue000', on).replaceAll('\ue001', off)
    const about = [kinds[hit.kind], ago(hit.at, now)]
    return [
      oneLine(hit.sessionTitle, columns ?? longestTitle),
      `  ${[...(columns === null ? [] : [defuse(shorten(hit.turnId))]), ...about].join(separator)}`,
      `${text}${end}`,
      ...(columns === null ? [`  ${defuse(hit.turnId)}`] : []),
    ].join('\n')
  })
  const found =
    hits.length === total ? `${total} found.` : `${hits.length} of ${countHits(total)} found; --limit shows more.`
  return `${rows.join('\n')}\n\n${found}`
}

function describeUsage(usage: Usage): string {
  return `${shortCount(usage.inputTokens)} in (${shortCount(usage.cachedInputTokens)} cached) · ${shortCount(usage.outputTokens)} out`
}
