import type { Item, Turn } from '../../contract/domain/turn.ts'
import { describePicture } from './pictureFormat.ts'

type UserMessage = Extract<Item, { type: 'userMessage' }>

/** The turn as it is sent to those who look at it: of each picture only what can be told of it. */
export function withoutPictureBytes(turn: Turn): Turn {
  if (!turn.items.some(hasImages)) return turn
  return { ...turn, items: turn.items.map((item) => (hasImages(item) ? describeOnce(item) : item)) }
}

function hasImages(item: Item): item is UserMessage {
  return item.type === 'userMessage' && item.images.length > 0
}

/** A live turn is told of each time that something of it changes, and its prompts do not. */
const known = new WeakMap<UserMessage, UserMessage>()

function describeOnce(item: UserMessage): UserMessage {
  const described = known.get(item) ?? describeImages(item)
  known.set(item, described)
  return described
}

function describeImages(item: UserMessage): UserMessage {
  return {
    ...item,
    images: [],
    pictures: item.images.map((url, at) => describePicture({ url, name: item.imageNames?.[at] ?? null })),
  }
}
