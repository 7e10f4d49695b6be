import { FolderGone } from './FolderGone.tsx'
import { TerminalProblem } from './TerminalProblem.tsx'
import type { TerminalFailure } from './useOpenTerminal.ts'

/** Why a session does not go on, and how it can. */
export function GoingOnProblem({ failure, onDismiss }: { failure: TerminalFailure; onDismiss(): void }) {
  const { cwd, start } = failure.wish
  return failure.code === 'notFound' && start.type !== 'new' ? (
    <FolderGone cwd={cwd} start={start} onDismiss={onDismiss} />
  ) : (
    <TerminalProblem failure={failure} onDismiss={onDismiss} />
  )
}
