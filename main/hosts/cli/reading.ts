import type { Result } from '../../../contract/api.ts'
import { printableJson } from '../../../contract/domain/readableJson.ts'
import { readSearch } from '../../../contract/domain/searchLanguage.ts'
import type { SessionSort } from '../../../contract/domain/sessionQuery.ts'
import { ReplyError } from '../../../contract/reply.ts'
import { hasArchive, type Reader, startReader } from '../../recorder/reader.ts'
import { connectOrRecord } from '../headless/connection.ts'
import { createLog } from '../log.ts'
import { describeHits, describeSession, describeSessions, describeTurn } from './describe.ts'
import { count } from './formatting.ts'
import { findById } from './ids.ts'
import { hasStyles, type Terminal } from './terminal.ts'

interface Options {
  json?: boolean
  limit?: number
}

const nothingYet = 'Nothing is recorded yet. Start codex with:  tapedeck codex'

export async function runSessions(
  terminal: Terminal,
  { json, limit, filter, sort }: Options & { filter?: string; sort?: SessionSort },
): Promise<number> {
  refuseNonsense(filter ?? '')
  const empty = { sessions: [], total: 0, nextCursor: null, seq: 0 }
  const { sessions, total } = await read(terminal, empty, (reader) =>
    reader.call('session/list', { limit, query: filter, sort }),
  )
  if (json) terminal.print(printableJson({ sessions, total }))
  else if (sessions.length > 0) {
    terminal.print(describeSessions(sessions, total, { now: Date.now(), columns: terminal.columns }))
  } else if (filter && hasArchive(terminal.dataDir)) {
    terminal.print('No session fits this filter. `tapedeck sessions` lists them all.')
  } else terminal.print(nothingYet)
  return 0
}

/** Also where nothing is recorded yet: a query that means nothing is never just one that finds nothing. */
function refuseNonsense(query: string): void {
  const [problem] = readSearch(query, Date.now()).problems
  if (problem) throw new ReplyError('badRequest', problem.message)
}

/** `id` may name a session, a turn or an exchange, by all of its id or enough of it. */
export async function runShow(terminal: Terminal, id: string, { json }: Options): Promise<number> {
  const found = await read(terminal, null, async (reader) => {
    const named = await findById(reader, id)
    return named && readNamed(reader, named)
  })
  if (!found) {
    throw new ReplyError('notFound', `Nothing has the id ${id}. \`tapedeck sessions\` lists what there is.`)
  }
  if (json) terminal.print(printableJson(found))
  else if ('session' in found) terminal.print(describeSession(found.session, found.turns, terminal.columns))
  else if ('turn' in found) terminal.print(describeTurn(found.turn, terminal.columns))
  else terminal.print(printableJson(found, 2))
  return 0
}

export async function runSearch(terminal: Terminal, query: string, { json, limit }: Options): Promise<number> {
  refuseNonsense(query)
  const empty = { hits: [], total: 0, kinds: [], sessions: [] }
  const { hits, total } = await read(terminal, empty, (reader) => reader.call('search/query', { query, limit }))
  if (json) terminal.print(printableJson({ hits, total }))
  else if (hits.length > 0)
    terminal.print(
      describeHits(hits, total, { hasBold: hasStyles(terminal), now: Date.now(), columns: terminal.columns }),
    )
  else terminal.print(hasArchive(terminal.dataDir) ? 'Nothing found. Fewer words find more.' : nothingYet)
  return 0
}

/** By the running Tapedeck if there is one, as it alone may write. */
export async function runRederive(terminal: Terminal, { json }: Options): Promise<number> {
  const report = createLog(terminal.dataDir)
  const connection = await connectOrRecord({ dataDir: terminal.dataDir, env: terminal.env, report })
  try {
    const counts = await connection.call('archive/rederive', {})
    const built = [count(counts.sessions, 'session'), count(counts.turns, 'turn'), count(counts.exchanges, 'exchange')]
    terminal.print(json ? printableJson(counts) : `Built again: ${built.join(', ')}.`)
    return 0
  } finally {
    await connection.close()
  }
}

/** `empty` where nothing is recorded yet. */
export async function read<T>(terminal: Terminal, empty: T, use: (reader: Reader) => Promise<T>): Promise<T> {
  if (!hasArchive(terminal.dataDir)) return empty
  const reader = await startReader({ dataDir: terminal.dataDir })
  try {
    return await use(reader)
  } finally {
    await reader.close()
  }
}

async function readNamed(reader: Reader, { kind, id }: Result<'id/find'>['found'][number]) {
  switch (kind) {
    case 'session': {
      const { session, turns } = await reader.call('session/read', { id, isWhole: true })
      return { session, turns }
    }
    case 'turn':
      return reader.call('turn/read', { id })
    case 'exchange':
      return reader.call('exchange/read', { id })
  }
}
