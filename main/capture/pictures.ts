import type { Item, Turn } from '../../contract/domain/turn.ts'
import { describePicture } from './pictureFormat.ts'

type UserMessage = Extract<Item, { type: 'userMessage' }>

/** The turn as it is sent to those who look at it: of each picture only what can be told of it. */
export function withoutPictureBytes(turn: Turn): Turn {
  if (!turn.items.some(hasImages)) return turn
  return { ...turn, items: turn.items.map((item) => (hasImages(item) ? describeImages(item) : item)) }
}

function hasImages(item: Item): item is UserMessage {
  return item.type === 'userMessage' && item.images.length > 0
}

function describeImages(item: UserMessage): UserMessage {
  return {
    ...item,
    images: [],
    pictures: item.images.map((url, at) => describePicture({ url, name: item.imageNames?.[at] ?? null })),
  }
}
