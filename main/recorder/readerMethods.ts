import type { Result } from '../../contract/api.ts'
import type { BodyName } from '../../contract/domain/body.ts'
import { readNode, valueAt } from '../../contract/domain/jsonNode.ts'
import { readableJson } from '../../contract/domain/readableJson.ts'
import { ReplyError } from '../../contract/reply.ts'
import type { ArchiveReader } from '../archive/archiveReader.ts'
import { forReading } from '../capture/forReading.ts'
import { findLeftOut } from '../capture/longOutput.ts'
import type { HandlersOf } from '../handlers.ts'
import { readContext } from './exchangeContext.ts'
import { exportPiece, previewExport } from './exportSessions.ts'
import { createListAhead } from './listAhead.ts'
import type { ReaderMethod } from './messages.ts'
import { readItemPicture, readReduced } from './pictures.ts'
import type { PriceBook } from './priceBook.ts'
import { readWhole, type WholeExchange } from './wholeExchange.ts'
import { createWholeMemory } from './wholeMemory.ts'

/** The methods that only look. `homes` are the home folders of this computer's user, which an export masks. */
export function createReaderMethods(
  archive: ArchiveReader,
  prices: PriceBook,
  homes: readonly string[] = [],
): HandlersOf<ReaderMethod> {
  const memory = createWholeMemory((id) => readWhole(archive.raw, id))
  const pictured = createWholeMemory((id) => readReduced(archive.raw, id))
  /** The text of the value that was asked for last, which is asked for in pieces. */
  let last: { whole: WholeExchange; key: string; text: string } | null = null

  function textOf(whole: WholeExchange, which: BodyName, path: (string | number)[]): string {
    const key = JSON.stringify([which, path])
    if (last?.whole === whole && last.key === key) return last.text
    const text = toText(find(whole, which, path))
    last = { whole, key, text }
    return text
  }

  function outputOf(turnId: string, id: string): string {
    const item = archive.readTurn({ id: turnId }).turn.items.find((item) => item.id === id)
    if (item?.type !== 'toolCall') throw new ReplyError('notFound', `There is no tool call ${id} in turn ${turnId}.`)
    return item.output ?? ''
  }

  return {
    'session/list': createListAhead(archive),
    'session/listDeleted': () => archive.deleted(Date.now()),
    'session/read': ({ id, isWhole, near }): Result<'session/read'> => {
      const { turns, ...rest } = archive.readSession({ id, near })
      return { ...rest, turns: isWhole ? turns : turns.map(forReading) }
    },
    'session/readTurns': (params): Result<'session/readTurns'> => {
      const { turns, seq } = archive.readTurns(params)
      return { turns: turns.map(forReading), seq }
    },
    'session/find': ({ id, text, limit }): Result<'session/find'> => ({
      hits: findLeftOut(archive.readSession({ id }).turns, text, limit),
    }),
    'session/export': (params) => exportPiece(archive, params, homes),
    'session/previewExport': (params) => previewExport(archive, params, homes),
    'id/find': archive.findId,
    'project/list': archive.projects,
    'archive/size': archive.size,
    'retention/preview': ({ retention }) => archive.previewRetention(retention, Date.now()),
    'retention/read': archive.retention,
    'turn/read': archive.readTurn,
    'item/text': ({ turnId, id, offset, limit }): Result<'item/text'> => pieceOf(outputOf(turnId, id), offset, limit),
    'item/picture': ({ turnId, id, index }) =>
      readItemPicture(
        archive.readTurn({ id: turnId }).turn,
        id,
        index,
        (exchangeId) => pictured.get(exchangeId).reduced,
      ),
    'exchange/read': ({ id }) => readOne(readWhole(archive.raw, id)),
    'exchange/context': ({ id }) => readContext(archive, memory.get(id)),
    'exchange/headers': ({ id }) => readHeaders(memory.get(id)),
    'exchange/body': ({ id, which, path, offset, limit }): Result<'exchange/body'> => ({
      node: readNode(find(memory.get(id), which, path), offset, limit),
    }),
    'exchange/text': ({ id, which, path, offset, limit }): Result<'exchange/text'> => {
      const piece = pieceOf(textOf(memory.get(id), which, path), offset, limit)
      if (piece.nextOffset === null) last = null
      return piece
    },
    'search/query': archive.search,
    'search/values': archive.searchValues,
    'account/limits': archive.limits,
    'usage/read': archive.usage,
    'usage/sessions': (params) => archive.usageOfSessions(params, prices.current()),
    'price/list': (): Result<'price/list'> => ({ table: prices.current(), problem: prices.problem() }),
  }
}

function pieceOf(text: string, offset: number, limit: number): Result<'exchange/text'> {
  const end = offset + limit
  return { text: text.slice(offset, end), length: text.length, nextOffset: end >= text.length ? null : end }
}

function readOne({ reduced, request, response, events }: WholeExchange): Result<'exchange/read'> {
  return { exchange: reduced.exchange, request, sentItems: reduced.input.length, response, events }
}

/** A WebSocket has the headers of its handshake, for all its exchanges. */
function readHeaders({ parts }: WholeExchange): Result<'exchange/headers'> {
  const started = parts.find((part) => part.type === 'started')
  const answered = parts.find((part) => part.type === 'answered')
  return { request: started?.head.headers ?? [], response: answered?.headers ?? [] }
}

function find(whole: WholeExchange, which: BodyName, path: (string | number)[]): unknown {
  const value = valueAt(whole[which], path)
  if (value === undefined) throw new ReplyError('notFound', `There is nothing at ${path.join('.')}.`)
  return value
}

/** As people read it; a text as it is. */
function toText(value: unknown): string {
  return typeof value === 'string' ? value : readableJson(value)
}
