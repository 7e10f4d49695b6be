import { plainMarkdown } from './plainMarkdown.ts'
import type { SearchHit } from './search.ts'

/** Before the words that were found, in a snippet. */
export const hitBegin = '\ue000'

/** Without marks of Markdown, unless what was found is in them, as in the address of a link. `readCall` reads what was given to a tool. */
export function readableSnippet(
  { kind, snippet, tool }: Pick<SearchHit, 'kind' | 'snippet' | 'tool'>,
  readCall: (snippet: string, tool: string | null | undefined) => string = (text) => text,
): string {
  const read =
    kind === 'answer' || kind === 'thought'
      ? plainCells(plainMarkdown(snippet))
      : kind === 'command'
        ? readCall(snippet, tool)
        : snippet
  return read.includes(hitBegin) || !snippet.includes(hitBegin) ? read : snippet
}

/** A table has lost its lines in a snippet, so that its bars stand among the words. */
function plainCells(text: string): string {
  return text.replace(/\|(?:\s*:?-{2,}:?\s*\|)+/g, '|').replace(/(?:^|\s)\|(?:\s+\|)*(?=\s|$)/g, ' ·')
}
