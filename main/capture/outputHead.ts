/** Codex writes a head before the output, in one of several wordings, and it ends where a line says so. */
const headBeforeOutput =
  /^(?:(?:Chunk ID|Wall time|Exit code|Original token count|Total output lines|Warning: truncated output|Process (?:exited|running)|Script (?:completed|failed|running|terminated))[^\n]*\n)+Output:(?:\n|$)/

/** Empty when there is none. */
export function headOf(text: string): string {
  return headBeforeOutput.exec(text)?.[0] ?? ''
}

/** The output without codex's head before it, which tells nothing that is not shown beside it. */
export function withoutHead(text: string): string {
  return text.replace(headBeforeOutput, '')
}
