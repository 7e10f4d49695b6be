import type { ToolCall } from '../../contract/domain/turn.ts'

/** Whether there is something to see in it; a card that shows one opens by itself. */
export function hasPictures({ pictures = [] }: ToolCall): boolean {
  return pictures.some(({ problem }) => problem === null)
}
