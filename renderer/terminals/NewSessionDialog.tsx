import { folderToGoOnIn } from '../../contract/domain/session.ts'
import { useAppState } from '../client/ClientProvider.tsx'
import type { Route } from '../shell/route.ts'
import { DialogBox } from '../ui/Dialog.tsx'
import { shortenPath } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import { StartForm } from './StartForm.tsx'

interface NewSessionDialogProps {
  isOpen: boolean
  route: Route
  /** Where it was to begin, and nothing is any more. */
  goneFolder: string | null
  onClose(): void
}

/** Starts codex in a folder, in a terminal of its own. It begins with the folder of the session that is looked at. */
export function NewSessionDialog({ isOpen, route, goneFolder, onClose }: NewSessionDialogProps) {
  const shownId = route.page === 'session' ? route.sessionId : null
  const shown = useAppState(({ sessions }) => (shownId === null ? undefined : sessions[shownId]))
  const cwd = shown ? folderToGoOnIn(shown) : null
  return (
    <DialogBox
      isOpen={isOpen}
      onClose={onClose}
      title="New session"
      size="wide"
      text={
        <p>
          {goneFolder !== null && `There is no folder ${revealControls(shortenPath(goneFolder))} any more. `}
          Codex starts in a terminal of its own, in the folder that you choose.
        </p>
      }
    >
      <StartForm
        cwd={cwd}
        goneFolder={goneFolder}
        start={{ type: 'new' }}
        submit="Start Codex"
        onCancel={onClose}
        onOpened={onClose}
      />
    </DialogBox>
  )
}
