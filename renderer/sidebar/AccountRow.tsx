import { TriangleAlert, UserRound } from 'lucide-react'
import { describeInShort } from '../account/describeAccount.ts'
import { LimitMeters } from '../account/LimitMeters.tsx'
import { useAppState } from '../client/ClientProvider.tsx'
import { formatRoute } from '../shell/route.ts'
import { Hidden, Tip } from '../ui/Controls.tsx'
import { useNow } from '../ui/clock.ts'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './Sidebar.module.css'

/** The plan, or that the user has to do something about the account. */
export function AccountRow({ isCurrent }: { isCurrent: boolean }) {
  const account = useAppState((state) => state.account)
  const short = account && describeInShort(account)
  return (
    <Tip label={short ? revealControls(short.tip) : 'Account, limits and API key'} keys="g a" side="right">
      <a className={styles.row} href={formatRoute({ page: 'account' })} aria-current={isCurrent ? 'page' : undefined}>
        <UserRound aria-hidden />
        <span className={styles.label}>Account</span>
        {short && short.text !== '' && (
          <span className={styles.count} data-warn={short.needsUser || undefined}>
            {short.needsUser && <TriangleAlert aria-hidden />}
            <span>{revealControls(short.text)}</span>
            {short.needsUser && <Hidden>, needs you</Hidden>}
          </span>
        )}
      </a>
    </Tip>
  )
}

/** How much of the plan is used, in the two windows that every plan has. */
export function LimitBars() {
  const limits = useAppState(({ account }) => (account?.account.state === 'chatgpt' ? account.limits : null))
  const now = useNow(false)
  return (
    limits && (
      <div className={styles.limits}>
        <LimitMeters limits={limits} now={now} size="small" />
      </div>
    )
  )
}
