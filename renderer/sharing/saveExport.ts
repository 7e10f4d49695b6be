import type { Params } from '../../contract/api.ts'
import type { Masked } from '../../contract/domain/export.ts'
import type { Client } from '../client/client.ts'
import { saveFile } from './saveFile.ts'

export interface SavedExport {
  fileName: string
  /** Null where a browser put it, which does not tell. */
  folder: string | null
  bytes: number
  /** What is not in it. */
  masked: Masked[]
}

/**
 * Fetches the file piece by piece and hands it to the browser's downloads. The pieces become parts of a Blob, which the
 * browser may keep on the disk. Null when its user was asked where to put it, and wants it nowhere.
 */
export async function saveExport(
  client: Client,
  params: Params<'session/export'>,
  onProgress: (bytes: number) => void,
): Promise<{ saved: SavedExport } | { problem: string } | null> {
  const parts: Blob[] = []
  const masked: Masked[] = []
  let bytes = 0
  let cursor: string | null = null
  let file = { fileName: '', mediaType: '' }
  do {
    const reply: Awaited<ReturnType<typeof client.call<'session/export'>>> = await client.call('session/export', {
      ...params,
      cursor,
    })
    if (!reply.ok) return { problem: reply.error.message }
    const part = new Blob([reply.value.text])
    parts.push(part)
    masked.push(...reply.value.masked)
    bytes += part.size
    onProgress(bytes)
    file = reply.value
    cursor = reply.value.nextCursor
  } while (cursor !== null)
  const url = saveFile(parts, file)
  const end = await client.whenSaved?.(url)
  switch (end?.state) {
    case undefined:
      return { saved: { fileName: file.fileName, folder: null, bytes, masked } }
    case 'saved':
      return { saved: { fileName: end.fileName, folder: end.folder, bytes, masked } }
    case 'cancelled':
      return null
    case 'failed':
      return { problem: 'It could not be written there. Look whether the disk is full, or save it in another folder.' }
  }
}
