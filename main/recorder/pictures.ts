import type { Result } from '../../contract/api.ts'
import type { ToolPicture } from '../../contract/domain/picture.ts'
import type { ToolCall, Turn } from '../../contract/domain/turn.ts'
import { ReplyError } from '../../contract/reply.ts'
import type { ArchiveReader } from '../archive/archiveReader.ts'
import { notKept } from '../archive/notKept.ts'
import { readPicture } from '../capture/pictureFormat.ts'
import type { ReducedExchange } from '../capture/reduced.ts'
import { reduceExchange } from '../capture/reduceExchange.ts'
import { isMcpCall, picturesIn } from '../capture/toolResult.ts'

type Load = (exchangeId: string) => ReducedExchange

/** The bytes of a picture of a tool's, or of the user's. */
export function readItemPicture(turn: Turn, itemId: string, index: number, load: Load): Result<'item/picture'> {
  const item = turn.items.find(({ id }) => id === itemId)
  const url =
    item?.type === 'userMessage' ? item.images[index] : item?.type === 'toolCall' ? urlOf(item, index, load) : undefined
  if (url === undefined) throw new ReplyError('notFound', `There is no picture ${index} of ${itemId}.`)
  const picture = readPicture({ url, name: null })
  if (!picture)
    throw new ReplyError(
      'badRequest',
      'This is no picture that can be shown. PNG, JPEG, GIF and WebP are, up to 50 million pixels.',
    )
  return picture
}

/** The turn with what its tools gave to see, for a file that has to hold it all. */
export function withToolImages(turn: Turn, load: Load): Turn {
  if (!turn.items.some((item) => item.type === 'toolCall' && item.pictures)) return turn
  return {
    ...turn,
    items: turn.items.map((item) =>
      item.type === 'toolCall' && item.pictures ? { ...item, images: imagesOf(item, load) } : item,
    ),
  }
}

function imagesOf(call: ToolCall, load: Load): string[] {
  return (call.pictures ?? []).map((_, index) => {
    const found = { url: urlOf(call, index, load) ?? '', name: null }
    const picture = readPicture(found)
    return picture ? `data:${picture.mediaType};base64,${picture.base64}` : ''
  })
}

function urlOf(call: ToolCall, index: number, load: Load): string | undefined {
  const picture: ToolPicture | undefined = call.pictures?.[index]
  if (!picture) return undefined
  const { exchangeId, side, index: at, nth } = picture.source
  const exchange = load(exchangeId)
  const item = side === 'input' ? exchange.input[at] : exchange.output[at]?.item
  return item && picturesIn(item, isMcpCall(call))[nth]?.url
}

/** An exchange as far as its pictures go; what it builds upon has its own. */
export function readReduced(raw: ArchiveReader['raw'], id: string): { reduced: ReducedExchange } {
  const reduced = reduceExchange(raw.read(id) ?? [])
  if (!reduced) throw notKept('exchange', id)
  return { reduced }
}
