import type { ToolCall } from '../../contract/domain/turn.ts'
import { readUse, type Use } from './readUse.ts'

/** Of a program, all that it used; of any other call, itself. */
export function usesOf(call: ToolCall): Use[] {
  const used = call.uses ?? (call.name === 'exec' ? [] : [call])
  return used.flatMap(({ name, input }) => readUse(name, input) ?? [])
}

export function isProgramOf(call: ToolCall): boolean {
  return call.name === 'exec' && call.input.trim() !== '' && !call.commands.includes(call.input)
}
