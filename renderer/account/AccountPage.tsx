import { RefreshCw } from 'lucide-react'
import { memo, useState } from 'react'
import type { AccountStatus } from '../../contract/domain/account.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { Button, IconButton } from '../ui/Controls.tsx'
import { useNow } from '../ui/clock.ts'
import { HintBar, hintsEverywhere } from '../ui/HintBar.tsx'
import { Problem } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { useFocused } from '../ui/useFocused.ts'
import { useShortcuts } from '../ui/useShortcuts.ts'
import styles from './AccountPage.module.css'
import { ApiKeyCard } from './ApiKeyCard.tsx'
import { describeRenewal } from './describeAccount.ts'
import { Identity } from './Identity.tsx'
import { Limits } from './Limits.tsx'
import { NextCredential } from './NextCredential.tsx'
import { FactText } from './parts.tsx'
import { SignInFacts } from './SignInFacts.tsx'
import { useAction } from './useAction.ts'
import { useLimitHistory } from './useLimitHistory.ts'

const minuteMs = 60_000

/** Who codex is signed in as, what is left of the plan, and what the next session will use. */
export function AccountPage() {
  const status = useAppState(({ account }) => account)
  // Nothing here is told more exactly than in minutes.
  const now = Math.floor(useNow(true) / minuteMs) * minuteMs
  return <Page status={status} now={now} />
}

const Page = memo(function Page({ status, now }: { status: AccountStatus | null; now: number }) {
  const client = useClient()
  const unknown = useAppState(({ account, accountProblem }) => (account === null ? accountProblem : null))
  const asking = useAction()
  const askAgain = () => void asking.run(() => client.readAccount(true))
  const known = useLimitHistory(status?.limits ?? null)
  const [isTable, setIsTable] = useState(false)
  const hasCharts = status !== null && known.history.length > 0
  useShortcuts({
    t: () => {
      if (!hasCharts) return false
      // What has the focus in the charts goes with them.
      if (isAtChart(document.activeElement)) document.querySelector<HTMLElement>('main [data-swaps]')?.focus()
      setIsTable(!isTable)
      return undefined
    },
  })
  const isStepping = useFocused(isAtChart)
  const renewal = status && describeRenewal(status, now)
  const problem = asking.problem ?? unknown
  return (
    <>
      <header className={styles.head}>
        <h1>Account</h1>
        {renewal?.tone === 'plain' && (
          <span className={styles.renewal}>
            <FactText fact={renewal} />
          </span>
        )}
        <IconButton label="Ask Codex again" icon={RefreshCw} onClick={askAgain} aria-busy={asking.isBusy} />
      </header>
      <div className={styles.scroll}>
        <div className={styles.columns}>
          <div className={styles.wide}>
            {problem !== null && (
              <div className={styles.problem}>
                <Problem
                  title="The account could not be read"
                  actions={<Button onClick={askAgain}>{asking.isBusy ? 'Asking…' : 'Try again'}</Button>}
                >
                  {revealControls(problem)}
                </Problem>
              </div>
            )}
            {(status !== null || problem === null) && <Identity status={status} />}
            {status && (
              <Limits
                limits={status.limits}
                known={known}
                account={status.account}
                now={now}
                isTable={isTable}
                onTable={setIsTable}
              />
            )}
            {status && <SignInFacts status={status} now={now} />}
          </div>
          {status && (
            <aside className={styles.side} aria-label="Credentials">
              <NextCredential status={status} now={now} />
              <ApiKeyCard apiKey={status.apiKey} />
            </aside>
          )}
        </div>
      </div>
      <HintBar
        hints={[
          hasCharts && [['t'], isTable ? 'charts' : 'numbers'],
          isStepping && [['←', '→'], 'time'],
          ...hintsEverywhere,
        ]}
      />
    </>
  )
})

function isAtChart(active: Element | null): boolean {
  return active?.matches('main input[type="range"]') ?? false
}
