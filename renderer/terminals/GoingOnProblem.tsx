import { goOnCommand } from '../../contract/domain/goOnCommand.ts'
import type { GoingOn } from '../../contract/domain/terminal.ts'
import { Button } from '../ui/Controls.tsx'
import { shortenPath } from '../ui/formatting.ts'
import { Problem, useCopy } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { TerminalProblem } from './TerminalProblem.tsx'
import type { TerminalFailure } from './useOpenTerminal.ts'

interface GoingOnProblemProps {
  failure: TerminalFailure
  /** Asks for another folder. */
  onElsewhere(way: GoingOn['type']): void
  onDismiss(): void
}

/** Why a session does not go on in a terminal, and what to do about it. */
export function GoingOnProblem({ failure, onElsewhere, onDismiss }: GoingOnProblemProps) {
  const { cwd, start } = failure.wish
  return failure.code === 'notFound' && start.type !== 'new' ? (
    <FolderGone cwd={cwd} start={start} onElsewhere={() => onElsewhere(start.type)} onDismiss={onDismiss} />
  ) : (
    <TerminalProblem failure={failure} onDismiss={onDismiss} />
  )
}

interface FolderGoneProps {
  cwd: string
  start: GoingOn
  onElsewhere(): void
  onDismiss(): void
}

/** A session was to go on in a folder that is gone, as when the project has been moved: it can in another one, or by a command there. */
function FolderGone({ cwd, start, onElsewhere, onDismiss }: FolderGoneProps) {
  const { isCopied, copy } = useCopy()
  return (
    <Problem
      title="The folder of this session is gone"
      actions={
        <>
          <Button onClick={onElsewhere}>Choose another folder…</Button>
          <Button onClick={() => copy(goOnCommand(start, '.'))}>
            {isCopied ? 'Copied' : `Copy ${start.type} command`}
          </Button>
        </>
      }
      onDismiss={onDismiss}
    >
      {`There is no folder ${revealControls(shortenPath(cwd))} any more.`}
    </Problem>
  )
}
