import { Check, X } from 'lucide-react'
import type { ToolCall } from '../../contract/domain/turn.ts'
import { Hidden, LiveDot } from '../ui/Controls.tsx'
import { useNow } from '../ui/clock.ts'
import { formatClock, formatCount, formatDuration } from '../ui/formatting.ts'
import { hasFailed } from './hasFailed.ts'
import styles from './Items.module.css'
import { RunsOn } from './TerminalParts.tsx'
import { countLines } from './ToolOutput.tsx'

/** Size, time, outcome: in this order on every card. */
export function Outcome({ call, isLive }: { call: ToolCall; isLive: boolean }) {
  if (call.status === 'running' && isLive) return <Running since={call.at} />
  return (
    <>
      <span className={styles.wide}>{describeSize(call)}</span>
      {call.durationMs !== null && <span>{formatDuration(call.durationMs)}</span>}
      {call.leftRunning ? <RunsOn call={call} /> : <End call={call} />}
    </>
  )
}

function describeSize(call: ToolCall): string {
  const pictures = call.pictures?.length ?? 0
  if (pictures > 0 && !call.output?.trim()) return formatCount(pictures, 'picture')
  if (call.output === null) return 'output not recorded'
  const lines = call.outputCut?.lineCount ?? countLines(call.output)
  return lines === 0 ? 'no output' : formatCount(lines, 'line')
}

function End({ call }: { call: ToolCall }) {
  if (hasFailed(call)) {
    return (
      <span className={styles.fail}>
        <X aria-hidden />
        {call.exitCode === null || call.exitCode === 0 ? 'failed' : `exit ${call.exitCode}`}
      </span>
    )
  }
  if (call.status !== 'completed') return null
  // A program that ended well says nothing of the commands in it.
  if (call.exitCode === null && call.commands.length > 0) return <UnknownEnd />
  return (
    <span className={styles.ok}>
      <Check aria-hidden />
      <Hidden>done</Hidden>
    </span>
  )
}

/** The call came back, and how its command exited was not said. */
export function UnknownEnd() {
  return <span title="Codex did not say how the command exited">exit unknown</span>
}

function Running({ since }: { since: number }) {
  const now = useNow(true)
  return (
    <span className={styles.running}>
      {formatClock(now - since)}
      <LiveDot />
      <Hidden>running</Hidden>
    </span>
  )
}
