import type { ToolCall } from '../../contract/domain/turn.ts'
import { hasFailed } from './hasFailed.ts'
import { readUse, type Use } from './readUse.ts'

/** All calls of a live turn are asked for theirs at each update, and those that did not change are the same objects. */
const known = new WeakMap<ToolCall, readonly Use[]>()

/** Of a program, all that it used; of any other call, itself. */
export function usesOf(call: ToolCall): readonly Use[] {
  const before = known.get(call)
  if (before) return before
  const used = call.uses ?? (call.name === 'exec' ? [] : [call])
  const uses = joinViews(used.flatMap(({ name, input }) => readUse(name, input) ?? []))
  known.set(call, uses)
  return uses
}

/** Pictures that a program looked at one after the other are one thing that it did. */
function joinViews(uses: Use[]): Use[] {
  const joined: Use[] = []
  for (const use of uses) {
    const last = joined.at(-1)
    if (use.kind === 'image' && last?.kind === 'image')
      joined.splice(-1, 1, { ...last, paths: [...last.paths, ...use.paths] })
    else joined.push(use)
  }
  return joined
}

/** That a plan was taken note of tells nobody anything, and what a search of OpenAI's own found goes to the model alone. */
export function showsOutput(call: ToolCall, use: Use): boolean {
  if (hasFailed(call)) return true
  return use.kind !== 'plan' && (use.kind !== 'web' || call.output !== null)
}

export function isProgramOf(call: ToolCall): boolean {
  return call.name === 'exec' && call.input.trim() !== '' && !call.commands.includes(call.input)
}
