import { messageText } from './messageText.ts'
import type { ReducedExchange } from './reduced.ts'

/** Codex may shorten a long prompt before it asks for a title. */
const comparedLength = 200

/**
 * Whether a title was made of this prompt. Codex asks for it in a conversation of its own, which names no other: the launch
 * and the prompt's own words are what ties them together.
 */
export function isTitleFor({ launchId, input }: ReducedExchange, firstPrompt: string, ofLaunch: string): boolean {
  const words = firstPrompt.trim().slice(0, comparedLength)
  if (launchId !== ofLaunch || words === '') return false
  return input.some((item) => item.type === 'message' && item.role === 'user' && messageText(item).includes(words))
}
