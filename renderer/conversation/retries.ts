import type { Exchange } from '../../contract/domain/exchange.ts'
import type { Item, Turn } from '../../contract/domain/turn.ts'
import { formatDuration } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import { explainError } from './explainError.ts'

export type ErrorItem = Extract<Item, { type: 'error' }>

/** A request that came to nothing, and after which codex asked again. */
export interface Attempt {
  item: ErrorItem
  /** Null when the recording does not have it. */
  exchange: Exchange | null
}

/** The attempt that an error tells of; null when the turn asked for nothing after it, so that the error is how it ended. */
export function findAttempt(item: ErrorItem, { exchanges, items, status }: Turn): Attempt | null {
  const asked = exchanges.filter(({ kind }) => kind === 'turn' || kind === 'compaction')
  const at = asked.findIndex(({ id }) => id === item.exchangeId)
  if (at !== -1) return at < asked.length - 1 ? { item, exchange: asked[at] as Exchange } : null
  const isOver = status === 'failed' || status === 'aborted'
  return !isOver && (status === 'live' || items.at(-1) !== item) ? { item, exchange: null } : null
}

/** How many reasons are said; more than that nobody reads in one line. */
const saidAtMost = 3

/** `Asked again 2 times: the stream broke off after 3 s; then 503 from the server` */
export function describeRetries(attempts: Attempt[]): string {
  const times = attempts.length === 1 ? 'once' : `${attempts.length} times`
  const groups: { reason: Reason; count: number }[] = []
  for (const reason of attempts.map(readReason)) {
    const last = groups.at(-1)
    if (last?.reason.words === reason.words) last.count += 1
    else groups.push({ reason, count: 1 })
  }
  const said = groups
    .slice(0, saidAtMost)
    .map(({ reason, count }) => (count === 1 ? sayReason(reason) : `${reason.words}, ${count} times`))
  const left = groups.slice(saidAtMost).reduce((sum, { count }) => sum + count, 0)
  return `Asked again ${times}: ${[...said, ...(left > 0 ? [`${left} more`] : [])].join('; then ')}`
}

interface Reason {
  words: string
  /** What only this one attempt can say, such as how long it took. */
  detail: string
}

/** Why codex asked again, as a part of a sentence. */
export function nameReason(attempt: Attempt): string {
  return sayReason(readReason(attempt))
}

function sayReason({ words, detail }: Reason): string {
  return `${words}${detail}`
}

function readReason({ item: { code, message }, exchange }: Attempt): Reason {
  if (code === 'cut') {
    const hasBegun = exchange === null || exchange.firstEventMs !== null
    return { words: hasBegun ? 'the stream broke off' : 'the connection broke', detail: sayWhen(exchange) }
  }
  const status = exchange?.httpStatus ?? null
  const isRefused = status !== null && status >= 400
  if (isRefused && status >= 500) return { words: `${status} from the server`, detail: '' }
  const known = explainError(code, message)
  const words = lowerFirst(known.title)
  if (isRefused) return { words: `${words} (${status})`, detail: '' }
  const isVague = explainError(null, '').title === known.title
  return { words: isVague && code !== null ? `${words} (${shortCode(code)})` : words, detail: '' }
}

function sayWhen(exchange: Exchange | null): string {
  if (exchange === null || exchange.durationMs === null) return ''
  return exchange.durationMs < 50 ? ' at once' : ` after ${formatDuration(exchange.durationMs)}`
}

function lowerFirst(text: string): string {
  return text.startsWith('OpenAI') ? text : text.charAt(0).toLowerCase() + text.slice(1)
}

/** It is the server's word, or that of whoever stands between. */
function shortCode(code: string): string {
  const text = revealControls(code.replace(/\s+/g, ' ').trim())
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
