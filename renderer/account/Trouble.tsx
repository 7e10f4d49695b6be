import { TriangleAlert } from 'lucide-react'
import type { Account, AccountStatus, Refresh } from '../../contract/domain/account.ts'
import { useClient } from '../client/ClientProvider.tsx'
import { goTo } from '../shell/route.ts'
import { Button } from '../ui/Controls.tsx'
import { Problem } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { explainAccountProblem } from './explainAccount.ts'
import { Instructions } from './Instructions.tsx'
import { ActionButton, CopyLine } from './parts.tsx'
import { Detail, SignIn } from './SignIn.tsx'
import styles from './Trouble.module.css'
import { useAction } from './useAction.ts'

type BrokenAccount = Extract<Account, { state: 'broken' }>

/** What is wrong with the sign-in, why, and the button that repairs it. */
export function Trouble({ account, status }: { account: BrokenAccount; status: AccountStatus }) {
  const client = useClient()
  const { isBusy, problem, run } = useAction()
  const { title, text, repair, repairLabel, command } = explainAccountProblem(account.problem, status.lastRefresh)
  // The renewal tells it all already.
  const isExplained = account.problem === 'signedOutByServer' && isOver(status.lastRefresh)
  const isMissing = account.problem === 'noCodex'
  return (
    <div className={styles.trouble}>
      <TriangleAlert aria-hidden />
      <div className={styles.body}>
        <div role="alert">
          <h2>{title}</h2>
          <p>{text}</p>
          {!isExplained && !isMissing && <Detail message={account.message} />}
        </div>
        {isMissing && <Instructions text={account.message} title={title} />}
        {command !== null && <CopyLine text={command} isCommand />}
        {repair === 'signIn' || status.signIn ? (
          <SignIn status={status} offersKey={false} />
        ) : (
          <div className={styles.actions}>
            <ActionButton tone="primary" isBusy={isBusy} onClick={() => void run(() => client.readAccount(true))}>
              {repairLabel}
            </ActionButton>
            {isMissing && <Button onClick={() => goTo({ page: 'settings' })}>Open the settings</Button>}
          </div>
        )}
        {problem !== null && <Problem title="Codex could not be asked">{revealControls(problem)}</Problem>}
      </div>
    </div>
  )
}

function isOver(refresh: Refresh | null): boolean {
  return refresh?.outcome === 'expired' || refresh?.outcome === 'reused' || refresh?.outcome === 'revoked'
}
