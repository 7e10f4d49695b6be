import { useState } from 'react'
import type { AccountStatus } from '../../contract/domain/account.ts'
import { useClient } from '../client/ClientProvider.tsx'
import { Button, Tip } from '../ui/Controls.tsx'
import { DialogBox } from '../ui/Dialog.tsx'
import { Problem } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { ActionButton } from './parts.tsx'
import { useAction } from './useAction.ts'

export function SignOut({ apiKey }: Pick<AccountStatus, 'apiKey'>) {
  const client = useClient()
  const [isOpen, setIsOpen] = useState(false)
  const { isBusy, problem, run, forget } = useAction()

  function close() {
    forget()
    setIsOpen(false)
  }

  async function confirm() {
    if (await run(() => client.call('account/signOut', {}))) close()
  }

  return (
    <>
      <Tip label="In every terminal and editor; asks first">
        <Button onClick={() => setIsOpen(true)}>Sign out…</Button>
      </Tip>
      <DialogBox
        isOpen={isOpen}
        onClose={close}
        title="Sign out of Codex?"
        text={
          <p>
            This signs out of Codex everywhere on this computer: in every terminal and every editor that uses it, not
            only in Tapedeck. Sessions that run now stop working.{' '}
            {'shown' in apiKey
              ? `Sessions started from Tapedeck then use the API key ${revealControls(apiKey.shown)}. `
              : ''}
            What is recorded stays.
          </p>
        }
        actions={
          <>
            <Button onClick={close}>Cancel</Button>
            <ActionButton tone="danger" isBusy={isBusy} onClick={() => void confirm()}>
              Sign out everywhere
            </ActionButton>
          </>
        }
      >
        {problem !== null && <Problem title="Signing out did not work">{revealControls(problem)}</Problem>}
      </DialogBox>
    </>
  )
}
