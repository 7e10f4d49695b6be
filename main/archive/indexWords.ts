import type { Statements } from './statements.ts'

/** Looking for one takes a tenth of a millisecond; beyond this the index puts them together faster by itself. */
export const mostWords = 256

/**
 * The words of the index that begin so, or null where they are too many to be asked for one by one. Of single words FTS5 reads
 * the newest places alone; of a beginning that is longer than the index has as such, it puts all places of all words together
 * before it tells the first one.
 */
export function createIndexWords(statements: Statements): (beginning: string) => string[] | null {
  statements.run(`CREATE VIRTUAL TABLE IF NOT EXISTS temp.indexWord USING fts5vocab(main, documentIndex, instance)`)
  return (beginning) => {
    const words: string[] = []
    // From one word to the next: a scan would look at each place of each.
    let from = beginning
    for (;;) {
      const word = statements.get<{ term: string }>(
        'SELECT term FROM temp.indexWord WHERE term >= ? LIMIT 1',
        from,
      )?.term
      if (word === undefined || !word.startsWith(beginning)) return words
      if (words.length === mostWords) return null
      words.push(word)
      from = `${word}\u{1}`
    }
  }
}
