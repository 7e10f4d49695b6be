import type { Nodes, Root, RootContent } from 'mdast'
import { cloneElement, isValidElement, type ReactNode } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import { markdownPlugins } from './markdownPlugins.ts'

/**
 * Reads a text as its blocks, with what stands between them. While it streams, what it costs is about what is new: blocks that nothing
 * can change any more are kept as the elements that they are, and only the rest is read again. A text comes as `revealControls`
 * leaves it, so that all of its lines end with `\n`.
 */
export function createBlockReader(components: Components) {
  let settled = nothing
  return (text: string, isStreaming: boolean): ReactNode[] => {
    if (!isStreaming || !text.startsWith(settled.text)) settled = nothing
    let rest = parse(text.slice(settled.text.length), components)
    // What a word in brackets means is told anywhere in a text, also behind it, and footnotes are counted through all of it.
    if (rest.isDefining && settled !== nothing) {
      settled = nothing
      rest = parse(text, components)
    }
    const blocks = [...settled.blocks, ...placed(rest.children, settled.blocks.length)]
    if (isStreaming) settled = settle(settled, rest, blocks)
    return blocks
  }
}

interface Settled {
  text: string
  blocks: ReactNode[]
}

const nothing: Settled = { text: '', blocks: [] }

interface Parsed {
  text: string
  nodes: RootContent[]
  children: ReactNode[]
  isDefining: boolean
}

function parse(text: string, components: Components): Parsed {
  let nodes: RootContent[] = []
  let isDefining = false
  const look = () => (tree: Root) => {
    nodes = tree.children
    isDefining = defines(tree)
  }
  // It has no hooks: what it returns is a fragment of the blocks.
  const { props } = ReactMarkdown({ children: text, remarkPlugins: [...markdownPlugins, look], components })
  return { text, nodes, children: [(props as { children?: ReactNode }).children ?? []].flat(), isDefining }
}

function defines(node: Nodes): boolean {
  if (node.type === 'definition' || node.type === 'footnoteDefinition') return true
  return 'children' in node && node.children.some(defines)
}

/** By their place, so that a block is the same one however much was read together. */
function placed(children: ReactNode[], first: number): ReactNode[] {
  return children.map((child, at) => {
    const key = first + at
    return isValidElement(child) ? cloneElement(child, { key }) : child
  })
}

function settle(settled: Settled, { text, nodes, children, isDefining }: Parsed, blocks: ReactNode[]): Settled {
  // Each node is one child, and a line end stands between two.
  if (isDefining || children.length !== nodes.length * 2 - 1) return settled
  const lines = text.split('\n')
  const at = nodes.findLastIndex((node, place) => isBorder(lines, nodes[place - 1], node))
  if (at === -1) return settled
  const settledLines = lines.slice(0, lineOf(nodes[at]) - 1)
  return {
    text: settled.text + settledLines.map((line) => `${line}\n`).join(''),
    blocks: blocks.slice(0, settled.blocks.length + at * 2),
  }
}

/**
 * Whether all before a block is settled: at an empty line, behind which no paragraph and no table goes on. What does go on behind one,
 * as lists do, has ended when the first line of the next block is whole; until then a `2` may become a `2.`. Not behind indented code,
 * where the parser takes some lists for none. The empty line belongs to what follows, which is then read as it was.
 */
function isBorder(lines: string[], before: RootContent | undefined, node: RootContent): boolean {
  const at = lineOf(node)
  if (!before || at === lines.length - 1 || !/^[ \t]*\r?$/.test(lines[at - 1] ?? '')) return false
  return before.type !== 'code' || /^ {0,3}[`~]/.test(lines[lineOf(before)] ?? '')
}

function lineOf(node: RootContent | undefined): number {
  return (node?.position?.start.line ?? 1) - 1
}
