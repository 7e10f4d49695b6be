import { asArray, asObject, asText, type JsonObject } from './json.ts'
import { contentText, messageText } from './messageText.ts'
import type { ResponseItem } from './reduced.ts'

export interface PromptContent {
  text: string
  images: string[]
  /** The files that they came of, as codex told the model; there when it told of any. */
  imageNames?: (string | null)[]
}

/** What a message says and shows. Codex puts tags around each picture for the model, which are not the user's words. */
export function readPromptContent(item: ResponseItem): PromptContent {
  if (!Array.isArray(item.content)) return { text: messageText(item), images: [] }
  const parts = asArray(item.content).map(asObject)
  const isTag = (at: number) => isOpening(parts[at], parts[at + 1]) || isClosing(parts[at - 1], parts[at])
  const text = contentText(
    parts.filter((_, at) => !isTag(at)),
    '\n\n',
  )
  const pictures = parts.flatMap((part, at) => {
    const url = urlOf(part)
    return url === null ? [] : [{ url, name: nameIn(parts[at - 1], part) }]
  })
  return {
    text,
    images: pictures.map(({ url }) => url),
    ...(pictures.some(({ name }) => name !== null) && { imageNames: pictures.map(({ name }) => name) }),
  }
}

function urlOf(part: JsonObject | null | undefined): string | null {
  if (part?.type !== 'input_image') return null
  return asText(part.image_url) ?? asText(asObject(part.image_url)?.url)
}

/** Codex escapes nothing in the name of a file here, as it does in a folder's. */
const openingTag = /^<image(?:\s.*)?>$/

function isOpening(part: JsonObject | null | undefined, next: JsonObject | null | undefined): boolean {
  return next?.type === 'input_image' && openingTag.test(asText(part?.text) ?? '')
}

function isClosing(before: JsonObject | null | undefined, part: JsonObject | null | undefined): boolean {
  return before?.type === 'input_image' && part?.text === '</image>'
}

function nameIn(before: JsonObject | null | undefined, part: JsonObject | null | undefined): string | null {
  if (!isOpening(before, part)) return null
  const [, path] = /\spath="(.+)"/.exec(asText(before?.text) ?? '') ?? []
  return path ?? null
}
