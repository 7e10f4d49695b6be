import type { ToolCall } from '../../contract/domain/turn.ts'
import { hasFailed } from './hasFailed.ts'
import { readUse, type Use } from './readUse.ts'

/** Of a program, all that it used; of any other call, itself. */
export function usesOf(call: ToolCall): Use[] {
  const used = call.uses ?? (call.name === 'exec' ? [] : [call])
  return used.flatMap(({ name, input }) => readUse(name, input) ?? [])
}

/** That a plan was taken note of tells nobody anything, and what a search of OpenAI's own found goes to the model alone. */
export function showsOutput(call: ToolCall, use: Use): boolean {
  if (hasFailed(call)) return true
  return use.kind !== 'plan' && (use.kind !== 'web' || call.output !== null)
}

export function isProgramOf(call: ToolCall): boolean {
  return call.name === 'exec' && call.input.trim() !== '' && !call.commands.includes(call.input)
}
