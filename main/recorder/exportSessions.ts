import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ParsedParams, Result } from '../../contract/api.ts'
import type { Masked } from '../../contract/domain/export.ts'
import type { Session } from '../../contract/domain/session.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import { ReplyError } from '../../contract/reply.ts'
import type { ArchiveReader } from '../archive/archiveReader.ts'
import { readBodies } from '../capture/readBodies.ts'
import { reduceExchange } from '../capture/reduceExchange.ts'
import type { ExportedExchange } from '../export/format.ts'
import { formats } from '../export/formats.ts'
import { createMasker, type Masker, noMasker } from '../export/mask.ts'
import { readReduced, withToolImages } from './pictures.ts'
import { createWholeMemory } from './wholeMemory.ts'

/** A piece ends with the turn or the exchange that makes it this long, so that no more than one of those is held at once. */
const pieceLength = 512 * 1024

/** Where the next piece begins. Steps of a session: 0 its head, then its parts, then its foot. */
interface Place {
  session: number
  step: number
  /** Parts that are in the file already. */
  written: number
}

type Exported = Pick<ParsedParams<'session/export'>, 'ids' | 'format'>

/** One piece of a file; without state, so that whoever stops asking costs nothing. */
export function exportPiece(
  archive: ArchiveReader,
  params: ParsedParams<'session/export'>,
  homes: readonly string[],
): Result<'session/export'> {
  const masker = params.isMasked ? createMasker({ emails: params.emails, homes }) : noMasker
  const { text, next } = writePiece(archive, params, masker, readCursor(params.cursor ?? null))
  const { mediaType } = formats[params.format]
  return {
    text,
    nextCursor: next && `${next.session}-${next.step}-${next.written}`,
    masked: masker.masked(),
    fileName: nameFile(archive, params, homes),
    mediaType,
  }
}

/** Goes through the whole file without keeping it; between its pieces others get their answers. */
export async function previewExport(
  archive: ArchiveReader,
  params: ParsedParams<'session/previewExport'>,
  homes: readonly string[],
): Promise<Result<'session/previewExport'>> {
  const masker = createMasker({ emails: params.emails, homes })
  let bytes = 0
  let place: Place | null = readCursor(null)
  while (place !== null) {
    const piece: { text: string; next: Place | null } = writePiece(archive, params, masker, place)
    bytes += Buffer.byteLength(piece.text)
    place = piece.next
    await nextTurn()
  }
  return { masked: inOrder(masker.masked()), bytes }
}

function inOrder(masked: Masked[]): Masked[] {
  return masked.sort((a, b) => a.kind.localeCompare(b.kind) || b.count - a.count || a.where.localeCompare(b.where))
}

function writePiece(archive: ArchiveReader, { ids, format }: Exported, masker: Masker, place: Place) {
  const { begin, beginSession, parts, endSession, end } = formats[format]
  const next = { ...place }
  const isFirst = place.session === 0 && place.step === 0
  let text = isFirst
    ? begin(
        ids.map((id) => readSession(archive, id)),
        masker,
      )
    : ''
  for (; next.session < ids.length; next.session++, next.step = 0) {
    const id = ids[next.session] as string
    const partIds = parts.of === 'turns' ? archive.turnIds(id) : archive.raw.idsOfSession(id)
    for (; next.step <= partIds.length; next.step++) {
      if (text.length >= pieceLength) return { text, next }
      if (next.step === 0) text += beginSession(readSession(archive, id), masker, archive.modelsOf(id))
      else {
        const partId = partIds[next.step - 1] as string
        if (parts.of === 'turns') {
          const { turn } = archive.readTurn({ id: partId })
          text += parts.part(parts.hasPictures ? withPictures(archive, turn) : turn, next.step, masker)
        } else text += parts.part(readExported(archive, partId), next.written === 0, masker)
        next.written += 1
      }
    }
    text += endSession()
  }
  return { text: text + end(), next: null }
}

function withPictures(archive: ArchiveReader, turn: Turn): Turn {
  const memory = createWholeMemory((id) => readReduced(archive.raw, id))
  const shown = withToolImages(turn, (id) => memory.get(id).reduced)
  memory.forget()
  return shown
}

function readSession(archive: ArchiveReader, id: string): Session {
  return archive.session({ id })
}

function readExported({ raw }: ArchiveReader, id: string): ExportedExchange {
  const parts = raw.read(id)
  const bodies = parts && readBodies(parts)
  const reduced = parts && reduceExchange(parts)
  if (!bodies || !reduced)
    throw new ReplyError('notFound', `Exchange ${id} was deleted while it was exported. Export again what is left.`)
  return {
    exchange: reduced.exchange,
    streamId: reduced.streamId,
    requestHeaders: bodies.requestHeaders,
    responseHeaders: bodies.responseHeaders,
    requestText: bodies.request,
    responseText: bodies.response,
    messages: bodies.messages,
  }
}

/** By the title of a single session, in letters that every file system takes. */
function nameFile(archive: ArchiveReader, { ids, format }: Exported, homes: readonly string[]): string {
  const { extension } = formats[format]
  const [only] = ids
  const { title } = createMasker({ homes }).value({ title: readSession(archive, only as string).title }, '') as {
    title: string
  }
  const words = title
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
  return `${ids.length === 1 ? words || 'session' : `${ids.length}-sessions`}.${extension}`
}

function readCursor(cursor: string | null): Place {
  if (cursor === null) return { session: 0, step: 0, written: 0 }
  const [, session, step, written] = /^(\d{1,9})-(\d{1,9})-(\d{1,9})$/.exec(cursor) ?? []
  if (!session || !step || !written)
    throw new ReplyError('badRequest', 'This cursor is none that session/export gave. Begin again without one.')
  return { session: Number(session), step: Number(step), written: Number(written) }
}
