import { type Status, statusSchema } from '../../contract/domain/exchange.ts'
import { ReplyError } from '../../contract/reply.ts'

/** What a query asks for beside its words. Times are epoch milliseconds. */
export interface SearchFilters {
  model?: string
  cwd?: string
  tool?: string
  status?: Status
  after?: number
  before?: number
}

export interface SearchRequest {
  /** The words and phrases, as they were typed. */
  words: string
  filters: SearchFilters
}

const token = /(?<name>[A-Za-z]+):(?:"(?<quoted>[^"]*)"?|(?<plain>[^\s"]*))(?=\s|$)|"[^"]*"?|[^\s"]+/g
const names = new Set(['model', 'cwd', 'tool', 'status', 'after', 'before'])

/**
 * Reads the search language: words, "exact phrases", and `model:`, `cwd:`, `tool:`, `status:`, `after:`, `before:`, the value
 * in quotes if it has spaces. A name that is none of these is a word, as in `https://…`. Throws a sentence for people when a
 * value means nothing. A name that stands at the very end without a value is still being typed, and left out.
 */
export function readSearch(query: string, now: number): SearchRequest {
  const filters: SearchFilters = {}
  const words: string[] = []
  let lastIsWord = false
  for (const match of query.matchAll(token)) {
    const { name, quoted, plain } = match.groups as Record<string, string | undefined>
    const key = name?.toLowerCase()
    lastIsWord = key === undefined || !names.has(key)
    if (key === undefined || lastIsWord) {
      words.push(match[0])
      continue
    }
    const value = (quoted ?? plain ?? '').trim()
    if (value === '') {
      if (match.index + match[0].length === query.length) continue
      throw wrong(`${key}: wants a value right after the colon, such as ${examples[key as keyof typeof examples]}.`)
    }
    take(filters, key as keyof SearchFilters, value, now)
  }
  // The last word is one that is still being typed, unless something follows it.
  const isOpen = lastIsWord && !/\s$/.test(query)
  return { words: `${words.join(' ')}${isOpen || words.length === 0 ? '' : ' '}`, filters }
}

const examples = {
  model: 'model:gpt-5',
  cwd: 'cwd:api',
  tool: 'tool:exec_command',
  status: 'status:failed',
  after: 'after:2026-11-24',
  before: 'before:yesterday',
}

function take(filters: SearchFilters, name: keyof SearchFilters, value: string, now: number): void {
  switch (name) {
    case 'model':
    case 'cwd':
    case 'tool':
      filters[name] = value
      return
    case 'status': {
      const status = statusSchema.safeParse(value.toLowerCase())
      if (!status.success) {
        const known = statusSchema.options.join(', ').replace(/, (\w+)$/, ' or $1')
        throw wrong(`status: is ${known}, not “${value}”.`)
      }
      filters.status = status.data
      return
    }
    case 'after':
    case 'before':
      filters[name] = readTime(name, value, now)
  }
}

const unitMs: Record<string, number> = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 }

/** Days are those of this computer's time zone, and begin at midnight. */
function readTime(name: string, value: string, now: number): number {
  const text = value.toLowerCase()
  const day = new Date(now)
  if (text === 'now') return now
  if (text === 'today') return day.setHours(0, 0, 0, 0)
  if (text === 'yesterday') return new Date(day.getFullYear(), day.getMonth(), day.getDate() - 1).getTime()
  const [, count, unit] = /^(\d{1,4})([hdw])$/.exec(text) ?? []
  if (count && unit) return now - Number(count) * (unitMs[unit] as number)
  const [, year, month, date, hour, minute] =
    /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:t(\d{1,2}):(\d{2}))?)?)?$/.exec(text) ?? []
  if (year) {
    const [m, d] = [Number(month ?? 1) - 1, Number(date ?? 1)]
    const time = new Date(Number(year), m, d, Number(hour ?? 0), Number(minute ?? 0))
    if (time.getMonth() === m && time.getDate() === d) return time.getTime()
  }
  throw wrong(
    `${name}: takes a day such as 2026-11-24, today or yesterday, or a time ago such as 12h, 7d or 2w; not “${value}”.`,
  )
}

function wrong(message: string): ReplyError {
  return new ReplyError('badRequest', message)
}
