import { CassetteTape, Check, Globe, Terminal } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Result } from '../../contract/api.ts'
import type { AccountStatus } from '../../contract/domain/account.ts'
import { useClient } from '../client/ClientProvider.tsx'
import { goTo } from '../shell/route.ts'
import { Button, Hidden } from '../ui/Controls.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './FirstRun.module.css'
import { type FirstRunSteps, findSteps, type StepState } from './firstRunSteps.ts'
import { Instructions } from './Instructions.tsx'
import { ActionButton, CopyLine } from './parts.tsx'
import { SignIn } from './SignIn.tsx'
import { StepMark, Steps } from './Steps.tsx'
import { Trouble } from './Trouble.tsx'
import { useAction } from './useAction.ts'

/** Before the first session: what is there already, and the one thing to do next. */
export function FirstRun({
  codex,
  account,
  onNewSession,
}: {
  codex: Result<'app/status'>['codex']
  account: AccountStatus | null
  onNewSession(): void
}) {
  const client = useClient()
  const looking = useAction()
  const steps = findSteps(codex, account)
  return (
    <div className={styles.scroll}>
      <div className={styles.column}>
        <header className={styles.head}>
          <CassetteTape aria-hidden />
          <div>
            <h1>Set up Tapedeck</h1>
            <p>
              It starts Codex behind a proxy on this computer and keeps what Codex and the model say to each other.
              Nothing leaves the computer that would not leave it anyway.
            </p>
          </div>
        </header>
        <Steps className={styles.steps}>
          <Step place={1} state={steps.codex.state} title={steps.codex.title}>
            {steps.codex.state === 'done' ? (
              <p className={styles.soft}>{revealControls(steps.codex.text)}</p>
            ) : (
              <>
                <Instructions text={steps.codex.text} title="Codex was not found" />
                <div className={styles.actions}>
                  <ActionButton
                    tone="primary"
                    isBusy={looking.isBusy}
                    onClick={() => void looking.run(() => client.readAccount(true))}
                  >
                    Look again
                  </ActionButton>
                  <Button onClick={() => goTo({ page: 'settings' })}>Open the settings</Button>
                </div>
              </>
            )}
          </Step>
          <Step place={2} state={steps.signIn.state} title={steps.signIn.title}>
            <SignInStep step={steps.signIn} account={account} />
          </Step>
          <Step place={3} state={steps.start.state} title="Start the first session">
            {steps.start.state === 'now' ? (
              <>
                <p>Choose a folder, and Codex starts in a terminal. The conversation appears here as it happens.</p>
                <div className={styles.actions}>
                  <Button tone="primary" onClick={onNewSession}>
                    <Terminal aria-hidden />
                    New session…
                  </Button>
                </div>
                <p className={styles.soft}>Or run this in any folder of a terminal.</p>
                <CopyLine text="tapedeck codex" isCommand />
              </>
            ) : (
              <p className={styles.soft}>In any folder, with one click or one command.</p>
            )}
          </Step>
        </Steps>
        <Path />
      </div>
    </div>
  )
}

function SignInStep({ step, account }: { step: FirstRunSteps['signIn']; account: AccountStatus | null }) {
  if (step.state === 'next') return <p className={styles.soft}>With ChatGPT or an API key.</p>
  if (step.state === 'done') return <p className={styles.soft}>{revealControls(step.text)}</p>
  if (account?.account.state === 'broken') return <Trouble account={account.account} status={account} />
  const isBegun = account !== null && account.signIn !== null
  return (
    <>
      {!isBegun && <p>{revealControls(step.text)}</p>}
      {account?.account.state === 'nobody' && <SignIn status={account} />}
      {account?.account.state === 'nobody' && !isBegun && (
        <p className={styles.soft}>A ChatGPT plan includes Codex. With an API key you pay for each token.</p>
      )}
    </>
  )
}

const tones = { done: 'ok', now: 'accent', next: undefined } as const

function Step({
  place,
  state,
  title,
  children,
}: {
  place: number
  state: StepState
  title: string
  children: ReactNode
}) {
  return (
    <li data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
      <StepMark tone={tones[state]}>
        {state === 'done' ? <Check aria-hidden /> : <span aria-hidden>{place}</span>}
      </StepMark>
      <h2>
        {title}
        {state === 'done' && <Hidden>, done</Hidden>}
      </h2>
      {children}
    </li>
  )
}

/** Where Tapedeck stands between the two. */
function Path() {
  return (
    <p className={styles.path}>
      <Hidden>
        Codex talks to Tapedeck on this computer, and Tapedeck passes everything on to OpenAI byte for byte.
      </Hidden>
      <span className={styles.stop} aria-hidden>
        <Terminal />
        Codex
      </span>
      <span className={styles.wire} aria-hidden>
        <span>127.0.0.1</span>
      </span>
      <span className={styles.stop} data-us aria-hidden>
        <CassetteTape />
        Tapedeck
      </span>
      <span className={styles.wire} aria-hidden>
        <span>byte for byte</span>
      </span>
      <span className={styles.stop} aria-hidden>
        <Globe />
        OpenAI
      </span>
    </p>
  )
}
