import { RadioGroup } from 'radix-ui'
import { useState } from 'react'
import { useClient } from '../client/ClientProvider.tsx'
import { DialogBox } from '../ui/Dialog.tsx'
import styles from './KeyForm.module.css'
import { KeyForm } from './KeyForm.tsx'
import { useAction } from './useAction.ts'

type Keeper = 'tapedeck' | 'codex'

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
      text={<p className={styles.text}>With a key you pay OpenAI for each token. Who should keep it?</p>}
    >
      <KeyForm
        label="API key"
        save={keeper === 'tapedeck' ? 'Keep the key' : 'Sign Codex in'}
        isBusy={action.isBusy}
        problem={action.problem}
        onSave={save}
        onCancel={close}
        takesFocus
      >
        <RadioGroup.Root
          className={styles.choices}
          value={keeper}
          onValueChange={(value) => setKeeper(value as Keeper)}
          aria-label="Who keeps the key"
        >
          <RadioGroup.Item value="tapedeck" className={styles.choice}>
            <span className={styles.dot} aria-hidden />
            <b>Tapedeck</b>
            <small>In the keychain, only for sessions that Tapedeck starts. Codex never gets to see it.</small>
          </RadioGroup.Item>
          <RadioGroup.Item value="codex" className={styles.choice}>
            <span className={styles.dot} aria-hidden />
            <b>Codex</b>
            <small>Signs Codex in everywhere on this computer. Codex stores it with its own sign-in.</small>
          </RadioGroup.Item>
        </RadioGroup.Root>
      </KeyForm>
    </DialogBox>
  )
}
