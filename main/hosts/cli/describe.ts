import type { Status } from '../../../contract/domain/exchange.ts'
import type { Picture } from '../../../contract/domain/picture.ts'
import type { SearchHit } from '../../../contract/domain/search.ts'
import { nameGit, nameSigner, type Session } from '../../../contract/domain/session.ts'
import type { Item, Turn } from '../../../contract/domain/turn.ts'
import type { Usage } from '../../../contract/domain/usage.ts'
import { defuse, oneLine } from './terminal.ts'

const marks: Record<Status, string> = { live: '●', completed: '✓', failed: '✗', aborted: '◌', cut: '…' }

export function describeSessions(sessions: Session[], total: number, now: number): string {
  const rows = sessions.map((session) => {
    const about = [
      ago(now - session.updatedAt),
      `${session.turnCount} ${session.turnCount === 1 ? 'turn' : 'turns'}`,
      `${shortCount(session.usage.totalTokens)} tok`,
      oneLine(session.model ?? '', 40),
      oneLine(session.cwd ?? '', 50),
    ]
    return `${marks[session.status]} ${oneLine(session.title, 72)}\n  ${about.filter(Boolean).join(' · ')}\n  ${defuse(session.id)}`
  })
  const rest = total > sessions.length ? `\n\n${sessions.length} of ${total}; --limit shows more.` : ''
  return rows.join('\n') + rest
}

export function describeSession(session: Session, turns: Turn[]): string {
  const signer = nameSigner(session)
  const head = [
    session.model,
    signer && `${signer}${reasonOf(session)}`,
    session.cwd,
    session.git && nameGit(session.git),
  ]
  return [
    `${marks[session.status]} ${oneLine(session.title, 200)}`,
    defuse(head.filter(Boolean).join(' · ')),
    ...turns.map((turn) => `\n${describeTurn(turn)}`),
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

export function describeTurn(turn: Turn): string {
  const duration = turn.endedAt === null ? 'running' : seconds(turn.endedAt - turn.startedAt)
  return [
    ...turn.items.map(describeItem),
    `── ${marks[turn.status]} ${duration} · ${describeUsage(turn.usage)} ──`,
  ].join('\n')
}

function describeItem(item: Item): string {
  switch (item.type) {
    case 'userMessage':
      return block('You', item.text)
    case 'assistantMessage':
      return block('Codex', item.text)
    case 'reasoning':
      return block('Thought', item.text || '(encrypted)')
    case 'toolCall': {
      const what = item.commands.length > 0 ? item.commands.join('\n') : (item.patch ?? item.input)
      const exit = item.exitCode === null ? '' : ` (exit ${item.exitCode})`
      return `${block(item.commands.length > 0 ? 'Ran' : item.patch ? 'Edited' : item.name, what)}${exit}${firstLines(item.output)}${describePictures(item.pictures)}`
    }
    case 'compaction':
      return block('Compacted', item.text || 'the context')
    case 'error':
      return block('Error', item.message)
    case 'unknown':
      return block(item.label, JSON.stringify(item.raw))
  }
}

function block(label: string, text: string): string {
  const name = oneLine(label, 20).padEnd(9)
  return `${name} ${defuse(text)
    .trimEnd()
    .replace(/\n/g, `\n${' '.repeat(10)}`)}`
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

export function describeHits(hits: SearchHit[], total: number, isInteractive: boolean): string {
  const [on, off] = isInteractive ? ['\u001b[1m', '\u001b[22m'] : ['', '']
  const rows = hits.map((hit) => {
    const place = hit.file && hit.file.line !== 'name' ? `${oneLine(hit.file.path, 100)}: ` : ''
    const line = oneLine(hit.snippet, 200)
    // Where it was cut, or had such marks of its own, the last may lack its end.
    const end = line.lastIndexOf('\ue000') > line.lastIndexOf('\ue001') ? off : ''
    const text = line.replaceAll('\ue000', on).replaceAll('\ue001', off)
    return `${oneLine(hit.sessionTitle, 72)}\n  ${place}${text}${end}\n  ${defuse(hit.turnId)}`
  })
  return `${rows.join('\n')}\n\n${hits.length === total ? total : `${hits.length} of ${total}`} found.`
}

function describeUsage(usage: Usage): string {
  return `${shortCount(usage.inputTokens)} in (${shortCount(usage.cachedInputTokens)} cached) · ${shortCount(usage.outputTokens)} out`
}

export function shortCount(count: number): string {
  if (count < 1_000) return String(count)
  return count < 999_500 ? `${Math.round(count / 1_000)} k` : `${(count / 1_000_000).toFixed(1)} M`
}

function seconds(ms: number): string {
  return ms < 60_000
    ? `${(ms / 1_000).toFixed(1)} s`
    : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`
}

function ago(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 1) return 'now'
  if (minutes < 60) return `${minutes} min ago`
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h ago` : `${Math.floor(minutes / 1_440)} days ago`
}
