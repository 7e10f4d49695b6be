import { firstLine } from '../../contract/domain/firstLine.ts'
import type { ToolCall, Turn } from '../../contract/domain/turn.ts'
import type { Use } from './readUse.ts'
import { usesOf } from './usesOf.ts'

/** What runs on behind a call: a command in a terminal that codex keeps for it, or a program of the code mode. */
export type Running = NonNullable<ToolCall['leftRunning']>

/** How far it is known to have come. */
export type RunState = { is: 'running' } | { is: 'ended'; exitCode: number | null } | { is: 'unknown' }

export interface CallPlace {
  turnId: string
  itemId: string
}

/** Of a call that left something running: where later calls heard of it. */
export interface WentOn {
  running: Running
  later: CallPlace[]
  state: RunState
}

/** Of a call that typed into something that ran, or read from it: what had started that. */
export interface StartedBy extends CallPlace {
  /** The command in one line; null for a program without one. */
  command: string | null
}

export interface TerminalRelations {
  wentOn?: WentOn
  /** For each thing that a call used; null for what is nothing of the kind, and where its start is not known. */
  startedBy?: (StartedBy | null)[]
}

/** Joins the calls of one thread to what they left running, and to what started what they speak to. */
export function relateTerminals(turns: Turn[]): Map<string, TerminalRelations> {
  const relations = new Map<string, TerminalRelations>()
  const started = new Map<string, StartedBy & { wentOn: WentOn }>()
  for (const turn of turns) {
    for (const item of turn.items) {
      if (item.type !== 'toolCall') continue
      const place = { turnId: turn.id, itemId: item.id }
      const spokenTo = new Set<string>()
      const startedBy = maySpeak(item)
        ? usesOf(item).map((use): StartedBy | null => {
            const running = runningOf(use)
            const start = running && started.get(keyOf(running))
            if (!running || !start) return null
            spokenTo.add(keyOf(running))
            if (start.wentOn.later.at(-1)?.itemId !== item.id) start.wentOn.later.push(place)
            start.wentOn.state = stateAfter(item, running)
            return { turnId: start.turnId, itemId: start.itemId, command: start.command }
          })
        : []
      if (startedBy.some((start) => start !== null)) relations.set(item.id, { startedBy })
      const { leftRunning } = item
      if (!leftRunning || spokenTo.has(keyOf(leftRunning)) || maySpeakOnly(item)) continue
      const wentOn: WentOn = { running: leftRunning, later: [], state: { is: 'running' } }
      started.set(keyOf(leftRunning), { ...place, command: commandOf(item), wentOn })
      relations.set(item.id, { ...relations.get(item.id), wentOn })
    }
  }
  return relations
}

const speaking = /(?:^|\.)(?:write_stdin|wait)$/

function maySpeak({ name, uses }: ToolCall): boolean {
  return speaking.test(name) || (uses?.some((use) => speaking.test(use.name)) ?? false)
}

/** It starts nothing of its own: what it says runs on was started by a call that is not known. */
function maySpeakOnly(call: ToolCall): boolean {
  return call.commands.length === 0 && maySpeak(call)
}

/** What a call speaks to, if it does. */
export function runningOf(use: Use): Running | null {
  if (use.kind === 'terminal') return { kind: 'terminal', id: use.session }
  return use.kind === 'program' ? { kind: 'program', id: use.cell } : null
}

function keyOf({ kind, id }: Running): string {
  return `${kind} ${id}`
}

function commandOf({ commands }: ToolCall): string | null {
  const [first, ...others] = commands
  if (first === undefined) return null
  return others.length === 0 ? firstLine(first) : `${firstLine(first)} and ${others.length} more`
}

/** A program that got the end of a command may print it as it is. */
const printedEnd = /\{\s*"chunk_id":\s*"[^"]*",\s*"wall_time_seconds":\s*[\d.e-]+,\s*"exit_code":\s*(-?\d+)/

/** How it stood with it when the call came back. */
function stateAfter(call: ToolCall, running: Running): RunState {
  const { leftRunning, exitCode, output, status, name } = call
  if (leftRunning) return keyOf(leftRunning) === keyOf(running) ? { is: 'running' } : { is: 'unknown' }
  if (status === 'running') return { is: 'running' }
  if (exitCode !== null) return { is: 'ended', exitCode }
  if (running.kind === 'program') return status === 'unknown' ? { is: 'unknown' } : { is: 'ended', exitCode: null }
  const [, code] = name === 'exec' ? (printedEnd.exec(output ?? '') ?? []) : []
  return code === undefined ? { is: 'unknown' } : { is: 'ended', exitCode: Number(code) }
}

/** `terminal 3` */
export function nameRunning({ kind, id }: Running): string {
  return `${kind} ${id.length > 40 ? `${id.slice(0, 39)}…` : id}`
}

/** What became of it behind the call, in a sentence or two. */
export function describeWentOn({ running, later, state }: WentOn): string {
  const where = `It went on in ${running.kind === 'terminal' ? nameRunning(running) : `the background, as ${nameRunning(running)}`}.`
  const ended =
    state.is === 'ended'
      ? state.exitCode === null
        ? 'There it ended.'
        : `There it ended with exit code ${state.exitCode}.`
      : null
  if (later.length === 0) return `${where} Nothing was heard of it since.`
  return `${where} ${ended ?? (state.is === 'running' ? 'It still ran when it was last heard of.' : 'How it ended is not known.')}`
}
