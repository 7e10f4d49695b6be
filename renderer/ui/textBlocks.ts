/** Stands between texts of which each has lines of its own; no captured text has it, as control characters are revealed. */
export const blockBorder = '\u0000'

/** The elements that stand on lines of their own, or in a cell of their own. */
export const blockNames: ReadonlySet<string> = new Set(
  'blockquote div dd dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre section table tbody td th thead tr ul'.split(' '),
)

/** Outside of code a line goes on where it breaks off. Each character stays one, so that places stay where they are. */
export function asProse(text: string): string {
  return text.replace(/\s/g, ' ')
}
