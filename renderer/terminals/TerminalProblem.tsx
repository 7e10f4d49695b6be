import type { ReplyFailure } from '../../contract/reply.ts'
import { Instructions } from '../account/Instructions.tsx'
import { CopyLine } from '../account/parts.tsx'
import { Button } from '../ui/Controls.tsx'
import { Problem } from '../ui/Notices.tsx'

/** Why no terminal was opened, and the command that does the same by hand. */
export function TerminalProblem({ failure, onDismiss }: { failure: ReplyFailure; onDismiss?(): void }) {
  const { message, command } = failure
  return (
    <Problem
      title="Codex was not started"
      actions={
        (command !== undefined || onDismiss) && (
          <>
            {command !== undefined && <CopyLine text={command} isCommand />}
            {onDismiss && <Button onClick={onDismiss}>Dismiss</Button>}
          </>
        )
      }
    >
      <Instructions text={command === undefined ? message : message.replace(`\n${command}`, '')} title="" />
    </Problem>
  )
}
