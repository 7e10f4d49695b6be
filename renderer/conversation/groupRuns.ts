import type { ToolCall } from '../../contract/domain/turn.ts'
import { hasFailed } from './hasFailed.ts'
import { hasPictures } from './hasPictures.ts'
import type { Row } from './layOutConversation.ts'
import { type Running, runningOf } from './terminals.ts'
import { usesOf } from './usesOf.ts'

/** Calls of one kind right after each other, which read as one line. */
export interface Run {
  /** Of its first call, so that it stays the same run while it grows. */
  id: string
  verb: string
  /** The tool, when it is not a shell. */
  name: string | null
  calls: ToolCall[]
  /** What each call did, in order; more than one for a program that ran several commands. */
  commandCount: number
  failed: ToolCall[]
  durationMs: number
  /** What all of them typed into, or waited for. */
  spokenTo: Running | null
  rows: Row[]
}

/** Two of a kind are as quickly read as a line that speaks of them. */
const shortestRun = 3

/**
 * Puts runs in the place of their rows. Thoughts that the model kept to itself part nothing. Edits, plans and pictures stand for
 * themselves: they are what people look for. What a live turn does last is not a run yet.
 */
export function groupRuns(rows: Row[], isLive: boolean): (Row | { kind: 'run'; run: Run })[] {
  const grouped: (Row | { kind: 'run'; run: Run })[] = []
  let at = 0
  while (at < rows.length) {
    const end = endOfRun(rows, at)
    const isNewest = isLive && end === rows.length
    const run = end - at < shortestRun || isNewest ? null : runOf(rows.slice(at, end))
    if (run) grouped.push({ kind: 'run', run })
    else for (let alone = at; alone < end; alone += 1) grouped.push(rows[alone] as Row)
    at = end
  }
  return grouped
}

/** Right after the last call of the same kind; one further when there is none. */
function endOfRun(rows: Row[], start: number): number {
  const kind = kindOf(rows[start])
  let end = start + 1
  if (kind === null) return end
  for (let at = end; at < rows.length; at += 1) {
    const next = kindOf(rows[at])
    if (next === kind) end = at + 1
    else if (!isSilent(rows[at])) break
  }
  return end
}

/** Each is asked for several times at each update, and most calls of a long turn do not change any more. */
const kinds = new WeakMap<ToolCall, string | null>()

function kindOf(row: Row | undefined): string | null {
  if (row?.kind !== 'item' || row.item.type !== 'toolCall') return null
  const known = kinds.get(row.item)
  if (known !== undefined) return known
  const kind = kindOfCall(row.item)
  kinds.set(row.item, kind)
  return kind
}

function kindOfCall(call: ToolCall): string | null {
  const { patch, status, commands, name } = call
  if (patch !== null || status === 'running' || hasPictures(call)) return null
  const used = nameUse(call)
  if (commands.length > 0 || (name === 'exec' && used === null)) return 'shell'
  if (used === 'update_plan') return null
  const spokenTo = speaksTo(call)
  return `tool ${used ?? name}${spokenTo === null ? '' : ` ${spokenTo.id}`}`
}

function speaksTo(call: ToolCall): Running | null {
  const [only] = usesOf(call)
  return only ? runningOf(only) : null
}

/** The tool that a call used and nothing else, by one name whichever way it was called. */
function nameUse(call: ToolCall): string | null {
  const [only, ...others] = usesOf(call)
  if (!only || others.length > 0 || call.commands.length > 0) return null
  switch (only.kind) {
    case 'plan':
      return 'update_plan'
    case 'web':
      return 'web_search'
    case 'mcp':
      return `${only.server}.${only.tool}`
    case 'terminal':
      return 'write_stdin'
    case 'program':
      return 'wait'
    case 'image':
      return 'view_image'
    case 'drawing':
      return 'imagegen'
    case 'spawn':
      return 'spawn_agent'
    case 'agents':
      return 'wait_agent'
  }
}

function isSilent(row: Row | undefined): boolean {
  return row?.kind === 'item' && row.item.type === 'reasoning' && row.item.text.trim() === ''
}

function types(call: ToolCall): boolean {
  return usesOf(call).some((use) => use.kind === 'terminal' && use.typed !== '')
}

/** By their first rows. Most runs of a long turn do not change any more. */
const runs = new WeakMap<Row, Run>()

/** Null where there are too few calls. */
function runOf(rows: Row[]): Run | null {
  const [first] = rows as [Row]
  const known = runs.get(first)
  if (known && known.rows.length === rows.length && known.rows.every((row, at) => row === rows[at])) return known
  const calls = rows.flatMap((row) => (row.kind === 'item' && row.item.type === 'toolCall' ? [row.item] : []))
  if (calls.length < shortestRun) return null
  const run = toRun(calls, rows)
  runs.set(first, run)
  return run
}

function toRun(calls: ToolCall[], rows: Row[]): Run {
  const [first] = calls as [ToolCall]
  const isShell = kindOf(rows[0]) === 'shell'
  const spokenTo = isShell ? null : speaksTo(first)
  return {
    id: `run ${first.id}`,
    verb: isShell ? 'Ran' : spokenTo === null ? 'Used' : calls.some(types) ? 'Typed' : 'Waited',
    spokenTo,
    name: isShell ? null : (nameUse(first) ?? first.name),
    calls,
    commandCount: calls.reduce((sum, { commands }) => sum + Math.max(1, commands.length), 0),
    failed: calls.filter(hasFailed),
    durationMs: calls.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0),
    rows,
  }
}
