import type { Result } from '../../../contract/api.ts'
import { ReplyError } from '../../../contract/reply.ts'
import type { Reader } from '../../recorder/reader.ts'
import { ago } from './formatting.ts'
import { defuse, oneLine } from './terminal.ts'

type Found = Result<'id/find'>['found'][number]

const shortLength = 8
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** What is enough of each id to find it again: the end, as ids that were made about the same time begin alike. */
export function shortenIds(ids: string[]): (id: string) => string {
  const each = [...new Set(ids)]
  const short = (id: string) => (uuid.test(id) ? id.slice(-shortLength) : id)
  return (id) => (each.some((other) => other !== id && other.endsWith(short(id))) ? id : short(id))
}

/** What `given` names, by its id or enough of it; null when nothing has it. It is asked wrongly when it fits more than one. */
export async function findById(reader: Reader, given: string, isSession = false): Promise<Found | null> {
  const { found, isMore } = await reader.call('id/find', { part: given, isSession })
  const [first, second] = found
  if (!second) return first ?? null
  throw new ReplyError('badRequest', describeChoice(given, found, { isMore, now: Date.now() }))
}

export function describeChoice(
  given: string,
  found: Found[],
  { isMore, now }: { isMore: boolean; now: number },
): string {
  const shorten = shortenIds(found.map(({ id }) => id))
  const rows = found.map(({ kind, id, title, at }) => {
    const what = kind === 'session' ? '' : `${kind} of `
    return `  ${shorten(id)}  ${what}${oneLine(title ?? 'no session', 60)} · ${ago(at, now)}`
  })
  const rest = isMore ? ['  … and more'] : []
  return [`${defuse(given)} fits more than one id. Say which:`, ...rows, ...rest].join('\n')
}
