import { folderToGoOnIn, rootThreadId, type Session } from '../../contract/domain/session.ts'
import type { GoingOn } from '../../contract/domain/terminal.ts'
import { DialogBox } from '../ui/Dialog.tsx'
import { shortenPath } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import { StartForm } from './StartForm.tsx'

interface ElsewhereDialogProps {
  session: Session
  /** Null while nobody wants it. */
  way: GoingOn['type'] | null
  onClose(): void
  onOpened(): void
}

/** Asks for the folder in which a session is to go on, as its own is gone. From its next turn on it goes on there by itself. */
export function ElsewhereDialog({ session, way, onClose, onOpened }: ElsewhereDialogProps) {
  const gone = folderToGoOnIn(session)
  const { title, text, submit } = wordsFor[way ?? 'resume']
  return (
    <DialogBox
      isOpen={way !== null}
      onClose={onClose}
      title={title}
      size="wide"
      text={
        <p>
          {gone !== null && `There is no folder ${revealControls(shortenPath(gone))} any more. `}
          {text}
        </p>
      }
    >
      {way !== null && (
        <StartForm
          // The folder that it began in may still be there.
          cwd={session.cwd}
          start={{ type: way, threadId: rootThreadId(session) }}
          submit={submit}
          onCancel={onClose}
          onOpened={onOpened}
        />
      )}
    </DialogBox>
  )
}

const wordsFor = {
  resume: {
    title: 'Resume in another folder',
    text: 'Codex goes on with this session in the folder that you choose.',
    submit: 'Resume',
  },
  fork: {
    title: 'Fork in another folder',
    text: 'Codex goes on with a copy of this session in the folder that you choose.',
    submit: 'Fork',
  },
}
