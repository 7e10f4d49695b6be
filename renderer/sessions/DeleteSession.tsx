import { useState } from 'react'
import type { Session } from '../../contract/domain/session.ts'
import { useClient } from '../client/ClientProvider.tsx'
import { goTo } from '../shell/route.ts'
import { Button } from '../ui/Controls.tsx'
import { DialogBox } from '../ui/Dialog.tsx'
import { formatCount } from '../ui/formatting.ts'
import { Problem } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'

export function DeleteSession({ session, isOpen, onClose }: { session: Session; isOpen: boolean; onClose(): void }) {
  const client = useClient()
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  async function confirm() {
    setIsBusy(true)
    const reply = await client.deleteSession(session.id)
    setIsBusy(false)
    if (!reply.ok) {
      setProblem(reply.error.message)
      return
    }
    onClose()
    goTo({ page: 'sessions' })
  }

  return (
    <DialogBox
      isOpen={isOpen}
      onClose={onClose}
      title="Delete this session?"
      text={
        <p>
          “{revealControls(session.title) || 'Untitled'}” with {formatCount(session.turnCount, 'turn')} and everything
          recorded of it is removed from Tapedeck for good. Codex’s own files stay as they are.
        </p>
      }
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="danger" onClick={() => void confirm()} disabled={isBusy}>
            {isBusy ? 'Deleting…' : 'Delete session'}
          </Button>
        </>
      }
    >
      {problem !== null && <Problem title="It could not be deleted">{problem}</Problem>}
    </DialogBox>
  )
}
