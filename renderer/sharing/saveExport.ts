import type { Params } from '../../contract/api.ts'
import type { Client } from '../client/client.ts'
import { saveFile } from './saveFile.ts'

/**
 * Fetches the file piece by piece and hands it to the browser's downloads. The pieces become parts of a Blob, which the
 * browser may keep on the disk. Returns why it failed, or null.
 */
export async function saveExport(
  client: Client,
  params: Params<'session/export'>,
  onProgress: (bytes: number) => void,
): Promise<string | null> {
  const parts: Blob[] = []
  let bytes = 0
  let cursor: string | null = null
  let file = { fileName: '', mediaType: '' }
  do {
    const reply: Awaited<ReturnType<typeof client.call<'session/export'>>> = await client.call('session/export', {
      ...params,
      cursor,
    })
    if (!reply.ok) return reply.error.message
    const part = new Blob([reply.value.text])
    parts.push(part)
    bytes += part.size
    onProgress(bytes)
    file = reply.value
    cursor = reply.value.nextCursor
  } while (cursor !== null)
  saveFile(parts, file)
  return null
}
