import { asArray, asObject, asText } from './json.ts'
import type { ResponseItem } from './reduced.ts'

/** All texts of a message, joined as paragraphs are. */
export function messageText(item: ResponseItem): string {
  return contentText(item.content, '\n\n')
}

/** Content is a text, or a list of parts of which some are texts. */
export function contentText(content: unknown, separator: string): string {
  if (typeof content === 'string') return content
  return asArray(content)
    .flatMap((part) => {
      const { text, refusal } = asObject(part) ?? {}
      return asText(text) ?? asText(refusal) ?? []
    })
    .join(separator)
}
