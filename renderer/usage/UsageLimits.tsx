import { LimitMeters } from '../account/LimitMeters.tsx'
import { useAppState } from '../client/ClientProvider.tsx'
import { formatRoute } from '../shell/route.ts'
import { useNow } from '../ui/clock.ts'
import styles from './UsagePage.module.css'

/** How far it is to the limits of the plan. Not there while no plan's limits are known. */
export function UsageLimits() {
  const limits = useAppState(({ account }) => (account?.account.state === 'chatgpt' ? account.limits : null))
  const now = useNow(false)
  if (!limits || limits.windows.length === 0) return null
  return (
    <section className={styles.limits} aria-label="Limits of the plan">
      <h2>
        <a href={formatRoute({ page: 'account' })}>Limits of the plan</a>
      </h2>
      <LimitMeters limits={limits} now={now} size="large" />
    </section>
  )
}
