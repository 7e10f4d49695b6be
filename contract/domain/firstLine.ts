/** As much of a text's first line as any window has room for. */
export function firstLine(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? ''
  return line.length > longestLine ? `${line.slice(0, longestLine)}…` : line
}

const longestLine = 1_000
