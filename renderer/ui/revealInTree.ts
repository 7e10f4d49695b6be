import type { Nodes } from 'mdast'
import { revealControls } from './untrustedText.ts'

/**
 * For remark: Markdown can name a character by its number, and what is hidden behind `&#x202e;` is there only when the text has
 * been read.
 */
export function revealInTree() {
  return (tree: Nodes) => reveal(tree)
}

function reveal(node: Nodes): void {
  if ('value' in node) node.value = revealControls(node.value)
  if ('title' in node && node.title) node.title = revealControls(node.title)
  if ('alt' in node && node.alt) node.alt = revealControls(node.alt)
  // A tree is as deep as `isPlainEnough` lets its text be.
  if ('children' in node) for (const child of node.children) reveal(child)
}
