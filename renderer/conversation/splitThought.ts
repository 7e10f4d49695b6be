import { plainMarkdown } from '../../contract/domain/plainMarkdown.ts'

/**
 * The first sentence or heading says what it was about. `hasTitle`: the rest can be read under it by itself, as it begins with
 * no part of a list, of a table or of code.
 */
export function splitThought(text: string): { summary: string; rest: string; hasTitle: boolean } {
  const [first = '', ...others] = text.split('\n')
  const rest = others.join('\n').trim()
  return {
    summary: plainMarkdown(first),
    rest,
    hasTitle: rest !== '' && !/^\s*(```|~~~|[|<]|[>*+-]\s|\d+[.)]\s)/.test(first),
  }
}

/** What stands on the page while a thought is open, under what it was about. */
export function bodyOfThought(text: string): string {
  const { rest, hasTitle } = splitThought(text)
  return hasTitle ? rest : text
}
