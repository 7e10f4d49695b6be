import { hitBegin } from '../../contract/domain/readableSnippet.ts'

export interface SnippetPart {
  text: string
  isHit: boolean
}

/** Splits at the marks U+E000 (begin) and U+E001 (end). Marks that do not pair up are dropped, their text stays. */
export function readSnippet(snippet: string): SnippetPart[] {
  const parts: SnippetPart[] = []
  let isHit = false
  for (const piece of snippet.split(/([\ue000\ue001])/)) {
    if (piece === hitBegin) isHit = true
    else if (piece === '\ue001') isHit = false
    else if (piece !== '') parts.push({ text: piece, isHit })
  }
  return parts
}
