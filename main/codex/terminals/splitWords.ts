/** The words of a command as people write one into a setting: blanks part them, quotes of either kind hold them together. */
export function splitWords(text: string): string[] {
  const pieces = text.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"']|["'])+/g)
  return [...pieces].map(([piece]) => piece.replace(/"([^"]*)"|'([^']*)'/g, (_all, a, b) => a ?? b))
}
