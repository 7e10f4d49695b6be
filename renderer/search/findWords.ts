/** The places of words in what an element shows, each within one text node. Whitespace in a word stands for any. */
export function findWords(root: Node, words: string[]): Range[] {
  const pattern = patternOf(words)
  if (!pattern) return []
  const ranges: Range[] = []
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const match of (node.textContent ?? '').matchAll(pattern)) {
      const range = document.createRange()
      range.setStart(node, match.index)
      range.setEnd(node, match.index + match[0].length)
      ranges.push(range)
    }
  }
  return ranges
}

function patternOf(words: string[]): RegExp | null {
  const sources = words
    .filter((word) => word.trim() !== '')
    .sort((a, b) => b.length - a.length)
    .map((word) =>
      word
        .trim()
        .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
        .replace(/\s+/g, '\\s+'),
    )
  return sources.length === 0 ? null : new RegExp(sources.join('|'), 'giu')
}
