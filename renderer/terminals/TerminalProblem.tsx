import { X } from 'lucide-react'
import { Instructions } from '../account/Instructions.tsx'
import { CopyLine } from '../account/parts.tsx'
import { IconButton } from '../ui/Controls.tsx'
import { Problem } from '../ui/Notices.tsx'
import styles from './TerminalProblem.module.css'
import type { TerminalFailure } from './useOpenTerminal.ts'

/** Why no terminal was opened, and the command that does the same by hand; where there is none to open, the command alone. */
export function TerminalProblem({ failure, onDismiss }: { failure: TerminalFailure; onDismiss?(): void }) {
  const { message, command, isByHand } = failure
  if (isByHand && command !== undefined) {
    return (
      <div className={styles.byHand} role="status">
        <div>
          <p>No terminal was found on this computer. Run this in one:</p>
          <CopyLine text={command} isCommand />
        </div>
        {onDismiss && <IconButton label="Dismiss" icon={X} onClick={onDismiss} />}
      </div>
    )
  }
  return (
    <Problem
      title="Codex was not started"
      actions={command !== undefined && <CopyLine text={command} isCommand />}
      onDismiss={onDismiss}
    >
      <Instructions text={command === undefined ? message : message.replace(`\n${command}`, '')} title="" />
    </Problem>
  )
}
