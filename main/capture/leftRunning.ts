import type { ToolCall } from '../../contract/domain/turn.ts'

type LeftRunning = NonNullable<ToolCall['leftRunning']>

/** Codex tells it in the head before the output: of a command that did not end in time, and of a program that did not. */
const told = /^(?:Process running with session ID|Script running with cell ID) (\S{1,100})$/m

/** What a program of the code mode got of a command that did not end, when it prints that as it is. */
const printed = /\{\s*"chunk_id":\s*"[^"]{0,100}",\s*"wall_time_seconds":\s*[\d.e-]{1,40},\s*"session_id":\s*(\d{1,20})/

/** What a call left running behind what it printed; null when nothing says so. */
export function readLeftRunning(head: string, output: string): LeftRunning | null {
  const [line, id] = told.exec(head) ?? []
  if (line !== undefined && id !== undefined) return { kind: line.startsWith('Script') ? 'program' : 'terminal', id }
  // What a command printed may look like anything; only a program's own words count.
  const [, session] = head.startsWith('Script') ? (printed.exec(output) ?? []) : []
  return session === undefined ? null : { kind: 'terminal', id: session }
}
