import { useState } from 'react'
import { Button } from '../ui/Controls.tsx'
import { DialogBox } from '../ui/Dialog.tsx'
import { shortenPath } from '../ui/formatting.ts'
import { Problem, useCopy } from '../ui/Notices.tsx'
import { StartForm } from './StartForm.tsx'
import { TerminalProblem } from './TerminalProblem.tsx'
import type { GoingOn, TerminalFailure } from './useOpenTerminal.ts'

/** Why a session does not go on in a terminal, and what to do about it. */
export function GoingOnProblem({ failure, onDismiss }: { failure: TerminalFailure; onDismiss(): void }) {
  const { cwd, start } = failure.wish
  return failure.code === 'notFound' && start.type !== 'new' ? (
    <FolderGone cwd={cwd} start={start} onDismiss={onDismiss} />
  ) : (
    <TerminalProblem failure={failure} onDismiss={onDismiss} />
  )
}

/** A session was to go on in a folder that is gone, as when the project has been moved: it can in another one. */
function FolderGone({ cwd, start, onDismiss }: { cwd: string; start: GoingOn; onDismiss(): void }) {
  const [isChoosing, setIsChoosing] = useState(false)
  const { isCopied, copy } = useCopy()
  const words = wordsFor[start.type]
  return (
    <>
      <Problem
        title="The folder of this session is gone"
        actions={
          <>
            <Button onClick={() => setIsChoosing(true)}>Choose another folder…</Button>
            <Button onClick={() => copy(`codex ${start.type} ${start.threadId}`)}>
              {isCopied ? 'Copied' : words.copy}
            </Button>
          </>
        }
        onDismiss={onDismiss}
      >
        {`There is no folder ${shortenPath(cwd)} any more.`}
      </Problem>
      <DialogBox
        isOpen={isChoosing}
        onClose={() => setIsChoosing(false)}
        title={words.title}
        size="wide"
        text={<p>{words.text}</p>}
      >
        <StartForm
          cwd={cwd}
          start={start}
          submit={words.submit}
          onCancel={() => setIsChoosing(false)}
          onOpened={onDismiss}
        />
      </DialogBox>
    </>
  )
}

const wordsFor = {
  resume: {
    title: 'Resume in another folder',
    text: 'Codex goes on with this session in the folder that you choose.',
    submit: 'Resume',
    copy: 'Copy resume command',
  },
  fork: {
    title: 'Fork in another folder',
    text: 'Codex goes on with a copy of this session in the folder that you choose.',
    submit: 'Fork',
    copy: 'Copy fork command',
  },
}
