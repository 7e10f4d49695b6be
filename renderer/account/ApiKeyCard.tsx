import { Check, CircleX, KeyRound } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Result } from '../../contract/api.ts'
import type { ApiKey } from '../../contract/domain/account.ts'
import type { Reply } from '../../contract/reply.ts'
import { useClient } from '../client/ClientProvider.tsx'
import { Button, LiveDot } from '../ui/Controls.tsx'
import { DialogBox } from '../ui/Dialog.tsx'
import { Problem } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './ApiKeyCard.module.css'
import { KeyForm } from './KeyForm.tsx'
import { KeyUse } from './KeyUse.tsx'
import { ActionButton, Block, Tag } from './parts.tsx'
import { useAction } from './useAction.ts'

/** The key that Tapedeck keeps for a codex that is not signed in. */
export function ApiKeyCard({ apiKey }: { apiKey: ApiKey }) {
  return (
    <Block title="API key">
      <div className={styles.card}>
        <Card apiKey={apiKey} />
        <KeyUse apiKey={apiKey} />
      </div>
    </Block>
  )
}

function Card({ apiKey }: { apiKey: ApiKey }) {
  const client = useClient()
  const asking = useAction()
  switch (apiKey.state) {
    case 'none':
      return (
        <NewKey save="Save the key">
          For when Codex is not signed in. Kept in the keychain of this computer, never shown in full, never recorded.
        </NewKey>
      )
    case 'waiting':
      return (
        <>
          <p className={styles.waiting} role="status">
            <LiveDot />
            Waiting for your keychain
          </p>
          <p className={styles.soft}>It asks in a window of its own whether Tapedeck may use it. Answer there.</p>
        </>
      )
    case 'stored':
    case 'inMemory':
      return <KnownKey key={apiKey.shown} apiKey={apiKey} />
    case 'unavailable':
      return (
        <>
          <Problem
            tone="warn"
            title="The keychain cannot be used"
            actions={
              <ActionButton isBusy={asking.isBusy} onClick={() => void asking.run(() => client.readAccount(true))}>
                Try again
              </ActionButton>
            }
          >
            {revealControls(apiKey.message)}
          </Problem>
          <NewKey save="Use the key for now">Until then a key is kept only as long as Tapedeck runs.</NewKey>
        </>
      )
  }
}

function NewKey({ save, children }: { save: string; children: ReactNode }) {
  const client = useClient()
  const { isBusy, problem, run } = useAction()
  return (
    <>
      <p className={styles.soft}>{children}</p>
      <KeyForm
        label="New API key"
        save={save}
        isBusy={isBusy}
        problem={problem}
        onSave={(key) => run(() => client.call('apiKey/set', { key }))}
      />
    </>
  )
}

type KnownApiKey = Extract<ApiKey, { shown: string }>
type Verdict = Result<'apiKey/verify'>

function KnownKey({ apiKey }: { apiKey: KnownApiKey }) {
  const client = useClient()
  const replacing = useAction()
  const verifying = useAction()
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const [isReplacing, setIsReplacing] = useState(false)
  const [isRemoving, setIsRemoving] = useState(false)
  const replaceButton = useRef<HTMLButtonElement>(null)
  const wasReplacing = useRef(false)
  useEffect(() => {
    // The form takes the focus with it when it goes.
    if (wasReplacing.current && !isReplacing) replaceButton.current?.focus()
    wasReplacing.current = isReplacing
  }, [isReplacing])

  async function verify(): Promise<Reply<unknown>> {
    setVerdict(null)
    const reply = await client.call('apiKey/verify', {})
    if (reply.ok) setVerdict(reply.value)
    return reply
  }

  async function replace(key: string) {
    const isDone = await replacing.run(() => client.call('apiKey/set', { key }))
    if (isDone) {
      setVerdict(null)
      setIsReplacing(false)
    }
    return isDone
  }

  return (
    <>
      <div className={styles.line}>
        <KeyRound aria-hidden />
        <code>{revealControls(apiKey.shown)}</code>
        {verdict && (
          <Tag tone={verdict.isValid ? 'ok' : 'fail'} icon={verdict.isValid ? Check : CircleX}>
            {verdict.isValid ? 'Verified' : 'Not verified'}
          </Tag>
        )}
      </div>
      <p className={styles.soft}>{describeKeeping(apiKey)}</p>
      <div role="status">
        {verdict && <p className={verdict.isValid ? styles.soft : styles.fail}>{revealControls(verdict.message)}</p>}
      </div>
      {verifying.problem !== null && (
        <Problem title="The key could not be verified">{revealControls(verifying.problem)}</Problem>
      )}
      {isReplacing ? (
        <KeyForm
          label="New API key"
          save="Replace the key"
          isBusy={replacing.isBusy}
          problem={replacing.problem}
          onSave={replace}
          onCancel={() => setIsReplacing(false)}
          takesFocus
        />
      ) : (
        <div className={styles.actions}>
          <ActionButton isBusy={verifying.isBusy} onClick={() => void verifying.run(verify)}>
            Verify
          </ActionButton>
          <Button ref={replaceButton} onClick={() => setIsReplacing(true)}>
            Replace…
          </Button>
          <Button tone="plain" className={styles.remove} onClick={() => setIsRemoving(true)}>
            Remove…
          </Button>
        </div>
      )}
      <RemoveKey apiKey={apiKey} isOpen={isRemoving} onClose={() => setIsRemoving(false)} />
    </>
  )
}

function describeKeeping(apiKey: KnownApiKey): string {
  if (apiKey.state === 'stored') return 'In the keychain of this computer. Never shown in full, never recorded.'
  return apiKey.from === 'environment'
    ? 'From the environment that Tapedeck was started in. It is forgotten when Tapedeck ends.'
    : 'Kept only until Tapedeck ends, because there is no keychain to put it into.'
}

function RemoveKey({ apiKey, isOpen, onClose }: { apiKey: KnownApiKey; isOpen: boolean; onClose(): void }) {
  const client = useClient()
  const { isBusy, problem, run, forget } = useAction()

  function close() {
    forget()
    onClose()
  }

  async function confirm() {
    if (await run(() => client.call('apiKey/remove', {}))) close()
  }

  return (
    <DialogBox
      isOpen={isOpen}
      onClose={close}
      title="Remove the API key?"
      text={
        <p>
          Tapedeck forgets {revealControls(apiKey.shown)}
          {apiKey.state === 'stored' && ' and takes it out of the keychain'}. The key itself stays valid: it can only be
          revoked at platform.openai.com.
        </p>
      }
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <ActionButton tone="danger" isBusy={isBusy} onClick={() => void confirm()}>
            Remove the key
          </ActionButton>
        </>
      }
    >
      {problem !== null && <Problem title="It could not be removed">{revealControls(problem)}</Problem>}
    </DialogBox>
  )
}
