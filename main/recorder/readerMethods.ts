import type { Result } from '../../contract/api.ts'
import { ReplyError } from '../../contract/reply.ts'
import type { ArchiveReader } from '../archive/archiveReader.ts'
import { asObject } from '../capture/json.ts'
import { readExchange } from '../capture/readExchange.ts'
import { rebuildInput } from '../capture/rebuildInput.ts'
import type { ReducedExchange } from '../capture/reduced.ts'
import { reduceExchange } from '../capture/reduceExchange.ts'
import { exportPiece, previewExport } from './exportSessions.ts'
import type { HandlersOf, ReaderMethod } from './messages.ts'

/** The methods that only look. */
export function createReaderMethods(archive: ArchiveReader): HandlersOf<ReaderMethod> {
  return {
    'session/list': archive.listSessions,
    'session/read': archive.readSession,
    'session/export': (params) => exportPiece(archive, params),
    'session/previewExport': (params) => previewExport(archive, params),
    'project/list': archive.projects,
    'archive/size': archive.size,
    'retention/read': archive.retention,
    'turn/read': archive.readTurn,
    'exchange/read': ({ id }) => readOne(archive, id),
    'search/query': archive.search,
    'account/limits': archive.limits,
  }
}

function readOne({ raw }: ArchiveReader, id: string): Result<'exchange/read'> {
  const parts = raw.read(id)
  const reduced = parts && reduceExchange(parts)
  if (!parts || !reduced) throw new ReplyError('notFound', `There is no exchange ${id}.`)
  const { request, response, events } = readExchange(parts)
  const chain = chainOf(raw, reduced)
  const isWhole = chain[0]?.exchange.previousResponseId === null
  return {
    exchange: reduced.exchange,
    request: isWhole && chain.length > 1 ? { ...asObject(request), input: rebuildInput(chain) } : request,
    sentItems: reduced.input.length,
    response,
    events,
  }
}

/** The exchanges that this one builds upon and itself, oldest first; shorter when one of them is not in the archive. */
function chainOf(raw: ArchiveReader['raw'], last: ReducedExchange): ReducedExchange[] {
  const chain = [last]
  const seen = new Set([last.exchange.id])
  for (;;) {
    const { previousResponseId } = (chain[0] as ReducedExchange).exchange
    const id = previousResponseId === null ? null : raw.idByResponse(previousResponseId)
    const before = id === null || seen.has(id) ? null : reduceExchange(raw.read(id) ?? [])
    if (!before) return chain
    seen.add(before.exchange.id)
    chain.unshift(before)
  }
}
