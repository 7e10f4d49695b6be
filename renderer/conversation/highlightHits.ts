import diff from './Diff.module.css'
import items from './Items.module.css'

/** What is beside the text of an item: who did it, how long it took, what can be pressed. */
const beside = [
  '[data-beside]',
  ...[items.verb, items.meta, items.more, items.tag, diff.sign].map((name) => `.${name}`),
].join()
const mostRanges = 2_000

export const hitName = 'conversation-hit'
export const currentHitName = 'conversation-current-hit'

/** Where an element says it. Over the borders of its parts, as words can be of several colours. */
export function rangesOf(element: Element, pattern: RegExp): Range[] {
  const nodes: { node: Text; start: number }[] = []
  let text = ''
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement?.closest(beside)) continue
    nodes.push({ node: node as Text, start: text.length })
    text += node.nodeValue ?? ''
  }
  const ranges: Range[] = []
  for (const match of text.matchAll(pattern)) {
    const range = document.createRange()
    const start = nodeAt(nodes, match.index)
    const end = nodeAt(nodes, match.index + match[0].length - 1)
    if (!start || !end) continue
    range.setStart(start.node, match.index - start.start)
    range.setEnd(end.node, match.index + match[0].length - end.start)
    ranges.push(range)
    if (ranges.length >= mostRanges) break
  }
  return ranges
}

function nodeAt(nodes: { node: Text; start: number }[], offset: number) {
  return nodes.findLast(({ start }) => start <= offset)
}

/** Without elements of its own, so that React finds the page as it left it. Nothing where the browser has no such thing. */
export function paint(name: string, ranges: Range[]) {
  if (typeof Highlight === 'undefined') return
  if (ranges.length === 0) CSS.highlights.delete(name)
  else CSS.highlights.set(name, new Highlight(...ranges))
}

/** Scrolls whatever has to be scrolled; false when it was seen already. */
export function bringIntoView(range: Range, root: HTMLElement): boolean {
  let hasMoved = false
  for (let box = range.startContainer.parentElement; box; box = box.parentElement) {
    if (box.scrollHeight > box.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(box).overflowY)) {
      const [{ top, bottom }, around] = [range.getBoundingClientRect(), box.getBoundingClientRect()]
      if (top < around.top + edge || bottom > around.top + box.clientHeight - edge) {
        const before = box.scrollTop
        box.scrollTop += (top + bottom) / 2 - (around.top + box.clientHeight / 2)
        hasMoved ||= Math.abs(box.scrollTop - before) > 1
      }
    }
    if (box === root) break
  }
  return hasMoved
}

/** So near to the border of what scrolls that it does not count as seen; the bar lies over the upper one. */
const edge = 44
