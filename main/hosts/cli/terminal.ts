import { stripVTControlCharacters } from 'node:util'

/** What a command may use of the world around it. */
export interface Terminal {
  env: NodeJS.ProcessEnv
  dataDir: string
  /** A line, or lines. */
  print(text: string): void
  /** To the character, for what other programs read. */
  write(text: string): void
  complain(text: string): void
  isInteractive: boolean
  /** How wide it is; null where what is printed goes into a file or another program, and no line is too long. */
  columns: number | null
}

/** Whether words may be set in bold: nobody who reads it as text is to find escape sequences in it. */
export function hasStyles({ env, isInteractive }: Pick<Terminal, 'env' | 'isInteractive'>): boolean {
  return isInteractive && !env.NO_COLOR && env.TERM !== 'dumb'
}

/**
 * Captured text must not steer the terminal that shows it: no escape sequences, no control characters but line feed and tab,
 * no marks that turn the reading direction.
 */
export function defuse(text: string): string {
  return stripVTControlCharacters(text).replace(/(?![\n\t])\p{Cc}|[\u2028-\u202e\u2066-\u2069]/gu, '')
}

export function oneLine(text: string, maxLength: number): string {
  const line = defuse(text).replace(/\s+/g, ' ').trim()
  return line.length > maxLength ? `${line.slice(0, maxLength - 1)}…` : line
}
