import { asText, parseObject } from './json.ts'
import { messageText } from './messageText.ts'
import type { OutputItem } from './reduced.ts'

/** The title in the answer to codex's request for one: `{"title": "…"}`, or whatever single text it was told to answer with. */
export function readTitle(output: OutputItem[]): string | null {
  const message = output.findLast(({ item }) => item.type === 'message')
  if (!message) return null
  const text = messageText(message.item).trim()
  const json = parseObject(text)
  const title = json ? (asText(json.title) ?? asText(Object.values(json)[0])) : text
  return title === null || title.trim() === '' ? null : title.trim()
}
