import { useState } from 'react'
import { useClient } from '../client/ClientProvider.tsx'
import { DialogBox } from '../ui/Dialog.tsx'
import form from '../ui/Form.module.css'
import { RadioCards } from '../ui/RadioCards.tsx'
import { KeyForm } from './KeyForm.tsx'
import { useAction } from './useAction.ts'

type Keeper = 'tapedeck' | 'codex'

const keepers = [
  ['tapedeck', 'Tapedeck', 'In the keychain, only for sessions that Tapedeck starts. Codex never gets to see it.'],
  ['codex', 'Codex', 'Signs Codex in everywhere on this computer. Codex stores it with its own sign-in.'],
] as const

/** A key can be kept by either of the two, and that makes a difference outside of Tapedeck. */
export function KeyDialog({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const client = useClient()
  const action = useAction()
  const [keeper, setKeeper] = useState<Keeper>('tapedeck')

  function close() {
    action.forget()
    onClose()
  }

  async function save(key: string) {
    const method = keeper === 'tapedeck' ? 'apiKey/set' : 'account/signInWithKey'
    const isDone = await action.run(() => client.call(method, { key }))
    if (isDone) close()
    return isDone
  }

  return (
    <DialogBox
      isOpen={isOpen}
      onClose={close}
      title="Use an API key"
      text={<p>With a key you pay OpenAI for each token.</p>}
    >
      <KeyForm
        label="API key"
        save={keeper === 'tapedeck' ? 'Save the key' : 'Sign Codex in'}
        isBusy={action.isBusy}
        problem={action.problem}
        onSave={save}
        onCancel={close}
        takesFocus
      >
        <p className={form.label}>Who should keep it?</p>
        <RadioCards label="Who should keep it?" value={keeper} options={keepers} onChange={setKeeper} />
      </KeyForm>
    </DialogBox>
  )
}
