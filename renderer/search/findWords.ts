/** A word that was looked for, and each place of it in what an element shows. */
export interface FoundWord {
  word: string
  ranges: Range[]
}

const letter = '[\\p{L}\\p{N}_]'

/** The places of whole words, each within one text node. Whitespace in a word stands for any. */
export function findWords(root: Node, words: string[]): FoundWord[] {
  const found = words.map((word): FoundWord => ({ word, ranges: [] }))
  const patterns = words.map(patternOf)
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const [index, pattern] of patterns.entries()) {
      for (const match of (node.textContent ?? '').matchAll(pattern)) {
        const range = document.createRange()
        range.setStart(node, match.index)
        range.setEnd(node, match.index + match[0].length)
        found[index]?.ranges.push(range)
      }
    }
  }
  return found
}

function patternOf(word: string): RegExp {
  const source = word
    .trim()
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\s+/g, '\\s+')
  return new RegExp(`(?<!${letter})${source}(?!${letter})`, 'giu')
}
