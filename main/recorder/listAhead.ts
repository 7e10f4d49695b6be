import type { ParsedParams, Result } from '../../contract/api.ts'
import type { ArchiveReader } from '../archive/archiveReader.ts'

type Asked = ParsedParams<'session/list'>
type Listed = Result<'session/list'>

/** What a question means may depend on the time of day. */
const keptMs = 2_000

/**
 * The list of sessions. Whoever gets a quick answer that left sessions out asks for all of them next, so that is looked up while
 * the quick one is on its way and drawn. It is for the one question that follows, as long as nothing was changed, and not for long.
 */
export function createListAhead({ listSessions, seq }: Pick<ArchiveReader, 'listSessions' | 'seq'>) {
  let ahead: { question: string; listed: Listed; at: number } | null = null

  function lookUp({ isQuick: _, ...whole }: Asked): void {
    try {
      ahead = { question: questionOf(whole), listed: listSessions(whole), at: performance.now() }
    } catch {
      // Whoever asks is told why.
      ahead = null
    }
  }

  return (asked: Asked): Listed => {
    const known = ahead && performance.now() - ahead.at < keptMs ? ahead : null
    ahead = null
    if (known && !asked.isQuick && known.question === questionOf(asked) && known.listed.seq === seq())
      return known.listed
    const listed = listSessions(asked)
    // Not before the quick answer is posted.
    if (listed.isPartial) setImmediate(lookUp, asked)
    return listed
  }
}

/** Whoever leaves something out may say it as well. */
function questionOf({ query = '', sort = 'updated', limit, cursor = null }: Asked): string {
  return JSON.stringify([query, sort, limit, cursor])
}
