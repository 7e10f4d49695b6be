import type { Line } from './line.ts'
import { pageSize, type SessionPage } from './listings.ts'
import type { ListView } from './state.ts'

/** What a question means may depend on the time of day. */
const keptMs = 10_000

interface Ahead extends ListView {
  page: Promise<SessionPage | null>
  isOvertaken: boolean
  isCurrent(): boolean
}

/**
 * The first page of a list that somebody may choose next, asked for before they do. One question at a time, and of those that
 * wait the newest alone, so that none that nobody needs any more holds up one that is needed.
 */
export function createViewAhead({ call, ofThisConnection }: Pick<Line, 'call' | 'ofThisConnection'>) {
  let latest: Ahead | null = null
  let asking: Promise<unknown> = Promise.resolve()

  const isOf = ({ query, sort }: ListView) => latest?.query === query && latest.sort === sort && latest.isCurrent()

  function begin({ query, sort }: ListView): Ahead {
    const begunAt = performance.now()
    const isOfConnection = ofThisConnection()
    const ahead: Ahead = {
      query,
      sort,
      isOvertaken: false,
      isCurrent: () => isOfConnection() && performance.now() - begunAt < keptMs,
      page: asking.then(async () => {
        if (ahead.isOvertaken) return null
        const reply = await call('session/list', { query, sort, limit: pageSize })
        return reply.ok && isOfConnection() ? reply.value : null
      }),
    }
    return ahead
  }

  return {
    /** Null when it could not be read, or when another was wanted before it was asked for. */
    expect(view: ListView): Promise<SessionPage | null> {
      if (latest && isOf(view)) return latest.page
      if (latest) latest.isOvertaken = true
      latest = begin(view)
      asking = latest.page
      return latest.page
    },

    /** What was expected, which may still be on its way; for one taker. Null when it was something else. */
    take(view: ListView): Promise<SessionPage | null> | null {
      if (!latest || !isOf(view)) return null
      const { page } = latest
      latest = null
      return page
    },
  }
}
