import { TriangleAlert, UserRound } from 'lucide-react'
import { describeInShort } from '../account/describeAccount.ts'
import { findWindow, type LimitWindow } from '../account/limitHistory.ts'
import { measureLimit } from '../account/limitMeasure.ts'
import { Meter } from '../account/Meter.tsx'
import { formatMoment } from '../account/moments.ts'
import { useAppState } from '../client/ClientProvider.tsx'
import { formatRoute } from '../shell/route.ts'
import { Hidden, Tip } from '../ui/Controls.tsx'
import { useNow } from '../ui/clock.ts'
import { formatPercent } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import bars from './LimitBars.module.css'
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
  const windows = limits ? [findWindow(limits, 'short'), findWindow(limits, 'long')] : []
  const known = windows.filter((window): window is LimitWindow => window !== null)
  if (known.length === 0) return null
  return (
    <dl className={bars.limits} aria-label="Plan limits">
      {known.map((window) => (
        <LimitBar key={window.name} window={window} now={now} />
      ))}
    </dl>
  )
}

function LimitBar({ window, now }: { window: LimitWindow; now: number }) {
  const { percent, tone, isOver } = measureLimit(window, now)
  const { resetsAt, usedPercent } = window
  const facts = [
    !isOver && `${formatPercent(usedPercent)} used`,
    resetsAt !== null && `${isOver ? 'reset' : 'resets'} ${formatMoment(resetsAt, now)}`,
  ]
  return (
    <div title={`${revealControls(window.label)}: ${facts.filter((fact) => fact !== false).join(', ')}`}>
      <dt>{shortenLabel(window.label)}</dt>
      <dd>
        <Meter percent={percent} tone={tone} />
        <span className={bars.percent} data-tone={tone}>
          {isOver ? 'reset' : formatPercent(usedPercent)}
        </span>
      </dd>
    </div>
  )
}

/** `5 h` for `5-hour window`. */
function shortenLabel(label: string): string {
  return label
    .replace(/^(\d+)-hour window$/, '$1\u00a0h')
    .replace(/^(\d+)-day window$/, '$1\u00a0d')
    .replace(/^Window of (hours|days)$/, (_all, unit: string) => (unit === 'hours' ? 'Hours' : 'Days'))
}
