import type { ToolCall } from '../../contract/domain/turn.ts'

export function hasFailed(call: ToolCall): boolean {
  return call.status === 'failed' || (call.exitCode !== null && call.exitCode !== 0)
}
