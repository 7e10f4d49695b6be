import { asProse, blockBorder, blockNames } from '../ui/textBlocks.ts'
import diff from './Diff.module.css'
import items from './Items.module.css'

/** What is beside the text of an item: who did it, how long it took, what can be pressed. */
const beside = ['[data-beside]', ...[items.verb, items.meta, items.more, diff.sign].map((name) => `.${name}`)].join()
const mostRanges = 2_000

export const hitName = 'conversation-hit'
export const currentHitName = 'conversation-current-hit'

/** Where the parts of a row stand that can be found, and the pieces of a long output. */
export const pieces = '[data-piece], [data-offset]'
const blocks = [...blockNames, '[data-block]'].join()

interface PlacedText {
  node: Text
  start: number
}

/** What an element says, read as `findParts.ts` reads it, and the nodes that say it. */
function textOf(element: Element): { text: string; nodes: PlacedText[] } {
  const nodes: PlacedText[] = []
  let text = ''
  let last: Element | null | undefined
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement
    if (parent?.closest(beside)) continue
    const block = parent?.closest(blocks)
    if (last !== undefined && block !== last) text += blockBorder
    last = block
    nodes.push({ node: node as Text, start: text.length })
    const value = node.nodeValue ?? ''
    text += parent?.closest('[data-prose]') && !parent.closest('pre') ? asProse(value) : value
  }
  return { text, nodes }
}

/** Where an element says it. Over the borders of its parts, as words can be of several colours. */
export function rangesOf(element: Element, pattern: RegExp): Range[] {
  const { text, nodes } = textOf(element)
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

function nodeAt(nodes: PlacedText[], offset: number) {
  return nodes.findLast(({ start }) => start <= offset)
}

/** Without elements of its own, so that React finds the page as it left it. Nothing where the browser has no such thing. */
export function paint(name: string, ranges: Range[]) {
  if (typeof Highlight === 'undefined') return
  if (ranges.length === 0) CSS.highlights.delete(name)
  else CSS.highlights.set(name, new Highlight(...ranges))
}

/** Scrolls whatever has to be scrolled, also a line that is cut short; false when it was seen already. */
export function bringIntoView(range: Range, root: HTMLElement): boolean {
  let hasMoved = false
  for (let box = range.startContainer.parentElement; box; box = box.parentElement) {
    const isHigh = box.scrollHeight > box.clientHeight + 1
    const isWide = box.scrollWidth > box.clientWidth + 1
    if (isHigh || isWide) {
      const { overflowX, overflowY } = getComputedStyle(box)
      if (isHigh && /auto|scroll/.test(overflowY)) {
        const [{ top, bottom }, around] = [range.getBoundingClientRect(), box.getBoundingClientRect()]
        if (top < around.top + edge || bottom > around.top + box.clientHeight - edge) {
          const before = box.scrollTop
          box.scrollTop += (top + bottom) / 2 - (around.top + box.clientHeight / 2)
          hasMoved ||= Math.abs(box.scrollTop - before) > 1
        }
      }
      if (isWide && box !== root && /auto|scroll|hidden/.test(overflowX)) {
        const [{ left, right }, around] = [range.getBoundingClientRect(), box.getBoundingClientRect()]
        if (left < around.left || right > around.left + box.clientWidth) {
          const before = box.scrollLeft
          box.scrollLeft += (left + right) / 2 - (around.left + box.clientWidth / 2)
          hasMoved ||= Math.abs(box.scrollLeft - before) > 1
          if (overflowX === 'hidden') shifted.add(box)
        }
      }
    }
    if (box === root) break
  }
  return hasMoved
}

/** Lines that only a hit in them moved: nobody could move them back. */
const shifted = new Set<HTMLElement>()

export function putBack() {
  for (const box of shifted) box.scrollLeft = 0
  shifted.clear()
}

/** So near to the border of what scrolls that it does not count as seen; the bar lies over the upper one. */
const edge = 44
