import { plainMarkdown } from '../../contract/domain/plainMarkdown.ts'

/**
 * What codex says in a message of its own, in a few words: the tag around it as words, such as `Collaboration mode`, else its
 * first line. Only the first thousand characters are looked at.
 */
export function titleInstructions(text: string): string {
  const [, tag] = /^\s*<([a-z][a-z0-9_-]{1,60})(?:\s[^<>]*)?>/i.exec(text.slice(0, 1_000)) ?? []
  if (tag === undefined) return plainFirstLine(text)
  const words = tag.replace(/[_-]+/g, ' ').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The first line of a Markdown text, as its reader would see it. */
export function plainFirstLine(markdown: string): string {
  const start = markdown.slice(0, 1_000)
  const [line] = (plainMarkdown(start) || start.trim()).split('\n', 1)
  return line?.trim() ?? ''
}
