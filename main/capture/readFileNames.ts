/** Commands that print files as they are. */
const readers = new Set(['cat', 'head', 'tail', 'nl', 'bat', 'less', 'more'])

/**
 * The files that a call only read out, by its commands: `sed -n 1,80p a.ts` reads, `grep` and `git diff` find out. Null when any
 * of the commands does more than to read.
 */
export function readFileNames(commands: string[]): string[] | null {
  const names: string[] = []
  for (const command of commands) {
    // What is longer reads no file by name.
    if (command.length > 4_000) return null
    for (const step of command.split(/&&|\|\||[;|\n]/)) {
      const words = step
        .trim()
        .split(/\s+/)
        .filter((word) => word !== '')
      const [verb] = words
      if (verb === undefined || verb === 'cd') continue
      const files = filesOf(words)
      if (!files || /[<>`]|\$\(/.test(step)) return null
      names.push(...files)
    }
  }
  return names.length === 0 ? null : [...new Set(names)]
}

function filesOf([verb = '', ...words]: string[]): string[] | null {
  const named = words.filter((word, at) => !word.startsWith('-') && !isCount(word, words[at - 1])).map(unquote)
  if (verb === 'sed') return words.includes('-n') && !words.includes('-i') ? named.slice(1) : null
  return readers.has(verb) ? named : null
}

/** The number in `head -n 20 file`. */
function isCount(word: string, before: string | undefined): boolean {
  return /^\+?\d+$/.test(word) && before !== undefined && /^-[nc]$/.test(before)
}

function unquote(word: string): string {
  return word.replace(/^(['"])(.*)\1$/, '$2')
}
