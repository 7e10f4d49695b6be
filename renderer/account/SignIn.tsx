import { Check, Copy, ExternalLink } from 'lucide-react'
import { Fragment, useEffect, useRef, useState } from 'react'
import type { AccountStatus, SignIn as PendingSignIn, SignInFailure } from '../../contract/domain/account.ts'
import { useClient } from '../client/ClientProvider.tsx'
import controls from '../ui/Controls.module.css'
import { Button, LiveDot } from '../ui/Controls.tsx'
import { Problem, useCopy } from '../ui/Notices.tsx'
import { isOpenableLink, revealControls } from '../ui/untrustedText.ts'
import { explainSignInFailure } from './explainAccount.ts'
import { KeyDialog } from './KeyDialog.tsx'
import { ActionButton, CopyLine } from './parts.tsx'
import styles from './SignIn.module.css'
import { useAction } from './useAction.ts'

type Method = PendingSignIn['method']

/** Everything about signing in: the ways to begin it, the one that runs, and why the last came to nothing. */
export function SignIn({
  status,
  offersKey = true,
  isSecondary = false,
}: {
  status: AccountStatus
  offersKey?: boolean
  /** Sessions can be started without it. */
  isSecondary?: boolean
}) {
  const { signIn } = status
  const place = useRef<HTMLDivElement>(null)
  const shown = useRef(signIn?.id)
  useEffect(() => {
    if (shown.current === signIn?.id) return
    shown.current = signIn?.id
    // The button that was pressed is gone, and the focus with it.
    if (document.activeElement === document.body) place.current?.querySelector<HTMLElement>('a, button')?.focus()
  }, [signIn?.id])
  return (
    <div ref={place}>
      {signIn ? (
        <SignInProgress key={signIn.id} signIn={signIn} />
      ) : (
        <SignInChoices failure={status.signInFailure} offersKey={offersKey} isSecondary={isSecondary} />
      )}
    </div>
  )
}

function SignInChoices({
  failure,
  offersKey,
  isSecondary,
}: {
  failure: SignInFailure | null
  offersKey: boolean
  isSecondary: boolean
}) {
  const client = useClient()
  const { isBusy, problem, run } = useAction()
  const [method, setMethod] = useState<Method>('browser')
  const [isGivingKey, setIsGivingKey] = useState(false)
  const isCancelled = failure?.reason === 'cancelled'
  const explanation = failure && explainSignInFailure(failure)
  /** The way that the failure's own button takes. */
  const cure = !explanation || isCancelled ? null : explanation.repair === 'useDeviceCode' ? 'deviceCode' : 'browser'

  function begin(chosen: Method) {
    setMethod(chosen)
    void run(() => client.call('account/signIn', { method: chosen }))
  }

  return (
    <div className={styles.signIn}>
      {cure && explanation && (
        <Problem
          title={explanation.title}
          actions={
            <ActionButton tone="primary" isBusy={isBusy && method === cure} onClick={() => begin(cure)}>
              {explanation.repairLabel}
            </ActionButton>
          }
        >
          {explanation.text}
          <Detail message={failure.message} />
        </Problem>
      )}
      {isCancelled && explanation && (
        <p className={styles.soft} role="status">
          {explanation.title}. {explanation.text}
        </p>
      )}
      {problem !== null && !cure && <Problem title="The sign-in could not begin">{revealControls(problem)}</Problem>}
      <div className={styles.actions}>
        {cure !== 'browser' && (
          <ActionButton
            tone={cure || isSecondary ? undefined : 'primary'}
            isBusy={isBusy && method === 'browser'}
            onClick={() => begin('browser')}
          >
            Sign in with ChatGPT
          </ActionButton>
        )}
        {cure !== 'deviceCode' && (
          <ActionButton isBusy={isBusy && method === 'deviceCode'} onClick={() => begin('deviceCode')}>
            Use a device code
          </ActionButton>
        )}
        {offersKey && <Button onClick={() => setIsGivingKey(true)}>Use an API key…</Button>}
      </div>
      <KeyDialog isOpen={isGivingKey} onClose={() => setIsGivingKey(false)} />
    </div>
  )
}

/** The original message, after the explanation. */
export function Detail({ message }: { message: string }) {
  const text = message.trim()
  if (text === '') return null
  return (
    <span className={styles.detail} dir="auto">
      {revealControls(text)}
    </span>
  )
}

function SignInProgress({ signIn }: { signIn: PendingSignIn }) {
  const client = useClient()
  const { isBusy, problem, run } = useAction()
  return (
    <section className={styles.progress} aria-label="Sign-in that runs">
      {signIn.method === 'browser' ? (
        <>
          <p>Open the sign-in page, and sign in there with ChatGPT.</p>
          <SignInLink url={signIn.url} isPrimary />
          <p className={styles.soft}>
            It has to be a browser on the computer that Codex runs on. From another one, use a device code.
          </p>
        </>
      ) : (
        <>
          <ol className={styles.steps}>
            <li>
              <p>Open this page in any browser, on any device.</p>
              <SignInLink url={signIn.url} />
            </li>
            <li>
              <p>Enter this code there.</p>
              <DeviceCode code={signIn.userCode} />
            </li>
          </ol>
          <p className={styles.soft}>The code signs this computer in. Give it to nobody who asks you for it.</p>
        </>
      )}
      {problem !== null && <Problem title="It could not be cancelled">{revealControls(problem)}</Problem>}
      <div className={styles.waiting}>
        <span role="status">
          <LiveDot />
          {signIn.method === 'browser' ? 'Waiting for you to sign in there' : 'Waiting for you to enter the code'}
        </span>
        <ActionButton
          tone="plain"
          isBusy={isBusy}
          onClick={() => void run(() => client.call('account/cancelSignIn', {}))}
        >
          Cancel
        </ActionButton>
      </div>
    </section>
  )
}

/** The reader opens the page by a click: a window that opens by itself would be held back. */
function SignInLink({ url, isPrimary }: { url: string; isPrimary?: boolean }) {
  if (!isOpenableLink(url)) return <CopyLine text={revealControls(url)} />
  const { host, pathname } = new URL(url)
  return (
    <a
      className={`${controls.button} ${styles.link}`}
      data-tone={isPrimary ? 'primary' : undefined}
      href={url}
      target="_blank"
      rel="noopener noreferrer"
    >
      <ExternalLink aria-hidden />
      <span>
        Open {host}
        {!isPrimary &&
          pathname.split(/(?=\/)/).map((part) => (
            <Fragment key={part}>
              <wbr />
              {part}
            </Fragment>
          ))}
      </span>
    </a>
  )
}

function DeviceCode({ code }: { code: string }) {
  const { isCopied, copy } = useCopy()
  return (
    <div className={styles.code}>
      <output aria-label="Device code">{revealControls(code)}</output>
      <Button onClick={() => copy(code)}>
        {isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
        {isCopied ? 'Copied' : 'Copy code'}
      </Button>
    </div>
  )
}
