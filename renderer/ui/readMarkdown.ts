import { isValidElement, type ReactNode } from 'react'
import ReactMarkdown from 'react-markdown'
import { markdownPlugins } from './markdownPlugins.ts'
import { asProse, blockBorder, blockNames } from './textBlocks.ts'

/**
 * Every text that `MarkdownBody` puts on the page, in its order, by the same parser: what is found in it can be pointed at there.
 * Throws what the parser throws.
 */
export function readMarkdown(text: string): string {
  let read = ''
  let last: object | null = null
  function add(part: string, block: object, isCode: boolean) {
    if (last !== null && block !== last) read += blockBorder
    last = block
    read += isCode ? part : asProse(part)
  }
  function walk(node: ReactNode, block: object, isCode: boolean) {
    if (typeof node === 'string') add(node, block, isCode)
    else if (Array.isArray(node)) for (const child of node) walk(child, block, isCode)
    else if (isValidElement<{ children?: ReactNode; alt?: string }>(node)) {
      const { type, props } = node
      const isBlock = typeof type === 'string' && blockNames.has(type)
      if (type === 'img') add(props.alt ?? '', block, isCode)
      else walk(props.children, isBlock ? node : block, isCode || type === 'pre')
    }
  }
  walk(ReactMarkdown({ children: text, remarkPlugins: markdownPlugins }), {}, false)
  return read
}
