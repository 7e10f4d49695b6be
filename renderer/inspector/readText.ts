import type { Result } from '../../contract/api.ts'
import type { BodyName } from '../../contract/domain/body.ts'
import type { Reply } from '../../contract/reply.ts'
import type { Client } from '../client/client.ts'
import type { Path } from './jsonRows.ts'

const pieceLength = 1_000_000
/** What a clipboard takes without the browser standing still. */
const longestCopy = 30_000_000

/** All of a value's text, piece by piece; null when it could not be read, or is too long for a clipboard. */
export async function readText(
  client: Client,
  { id, which, path }: { id: string; which: BodyName; path: Path },
): Promise<string | null> {
  const pieces: string[] = []
  for (let offset: number | null = 0; offset !== null; ) {
    const reply: Reply<Result<'exchange/text'>> = await client.call('exchange/text', {
      id,
      which,
      path,
      offset,
      limit: pieceLength,
    })
    if (!reply.ok || reply.value.length > longestCopy) return null
    pieces.push(reply.value.text)
    offset = reply.value.nextOffset
  }
  return pieces.join('')
}
