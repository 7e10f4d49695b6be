import remarkGfm from 'remark-gfm'
import { revealInTree } from './revealInTree.ts'

export const markdownPlugins = [remarkGfm, revealInTree]
