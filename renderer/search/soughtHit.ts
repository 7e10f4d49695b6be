import { create } from 'zustand'
import type { SearchHit } from '../../contract/domain/search.ts'
import { readSnippet } from './snippet.ts'

/** The hit that the reader jumped to, and the words to mark in it. */
export interface SoughtHit {
  itemId: string
  words: string[]
}

export const useSoughtHit = create<{ hit: SoughtHit | null }>(() => ({ hit: null }))

export function seekHit({ itemId, snippet }: SearchHit) {
  const words = readSnippet(snippet).flatMap(({ text, isHit }) => (isHit && text.trim() !== '' ? [text] : []))
  useSoughtHit.setState({ hit: { itemId, words: [...new Set(words)] } })
}

export function forgetHit() {
  if (useSoughtHit.getState().hit) useSoughtHit.setState({ hit: null })
}
