import { plainMarkdown } from '../../contract/domain/plainMarkdown.ts'

/** The first sentence or heading says what it was about. */
export function splitThought(text: string): { summary: string; rest: string } {
  const [first = '', ...others] = text.split('\n')
  return { summary: plainMarkdown(first), rest: others.join('\n').trim() }
}
