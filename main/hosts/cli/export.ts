import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { type ExportFormat, exportFormatSchema, type Masked } from '../../../contract/domain/export.ts'
import { countMasked } from '../../../contract/domain/maskedWords.ts'
import { ReplyError } from '../../../contract/reply.ts'
import { readAccountEmails } from '../../account/accountEmails.ts'
import { codexHomeOf } from '../../account/authFile.ts'
import type { Reader } from '../../recorder/reader.ts'
import { findById } from './ids.ts'
import { read } from './reading.ts'
import { nameChoices } from './readOptions.ts'
import { defuse, type Terminal } from './terminal.ts'

interface Options {
  format?: ExportFormat
  mask: boolean
  output?: string
}

/** Writes the pieces as they come: a session of any size passes through in little memory. */
export async function runExport(terminal: Terminal, ids: string[], { format, ...options }: Options): Promise<number> {
  if (format === undefined) {
    throw new ReplyError('badRequest', `Say in which format: --format ${nameChoices(exportFormatSchema.options)}.`)
  }
  const emails = await readAccountEmails(codexHomeOf(terminal.env))
  return read(terminal, null, (reader) => writeAll(terminal, reader, ids, { format, ...options }, emails)).then(
    (code) => code ?? missing(terminal, ids[0] ?? ''),
  )
}

async function writeAll(
  terminal: Terminal,
  reader: Reader,
  given: string[],
  { format, mask, output }: Options & { format: ExportFormat },
  emails: string[],
): Promise<number> {
  const ids: string[] = []
  for (const each of given) {
    const session = await findById(reader, each, true)
    if (!session) return missing(terminal, each)
    ids.push(session.id)
  }
  // Whoever may read the archive may read what is written out of it; the user can open it up.
  const out: Writable = output === undefined ? process.stdout : createWriteStream(output, { mode: 0o600 })
  const failed = once(out, 'error').then(([error]) => Promise.reject(error))
  failed.catch(() => {})
  const masked: Masked[] = []
  let cursor: string | null = null
  do {
    const piece: Awaited<ReturnType<typeof ask>> = await ask(reader, { ids, format, isMasked: mask, emails, cursor })
    masked.push(...piece.masked)
    const text = output === undefined && terminal.isInteractive ? defuse(piece.text) : piece.text
    if (!out.write(text)) await Promise.race([once(out, 'drain'), failed])
    cursor = piece.nextCursor
  } while (cursor !== null)
  if (output !== undefined) {
    out.end()
    await finished(out)
  }
  if (masked.length > 0) terminal.complain(describeMasked(masked))
  return 0
}

const ask = (reader: Reader, params: Parameters<typeof reader.call<'session/export'>>[1]) =>
  reader.call('session/export', params)

function missing(terminal: Terminal, id: string): number {
  terminal.complain(`tapedeck: There is no session ${defuse(id)}. \`tapedeck sessions\` lists what there is.`)
  return 1
}

export function describeMasked(masked: Masked[]): string {
  return `Masked: ${countMasked(masked)}. --no-mask leaves them as they are.`
}
