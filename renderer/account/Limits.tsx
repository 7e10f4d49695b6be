import { useState } from 'react'
import type { Account } from '../../contract/domain/account.ts'
import type { Limits as LimitsSnapshot } from '../../contract/domain/limits.ts'
import { Choice } from '../ui/Choice.tsx'
import { formatExact, formatRelative } from '../ui/formatting.ts'
import { Problem } from '../ui/Notices.tsx'
import { NumbersButton } from '../ui/NumbersButton.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { LimitCharts } from './LimitCharts.tsx'
import { LimitMeters } from './LimitMeters.tsx'
import styles from './Limits.module.css'
import { LimitTables } from './LimitTables.tsx'
import { ActionButton, Block } from './parts.tsx'
import type { useLimitHistory } from './useLimitHistory.ts'

const ranges = [
  ['7', '7 days'],
  ['30', '30 days'],
] as const

/** How much of the plan is used, until when, and how it was. */
export function Limits({
  limits,
  known: { history, problem, retry },
  account,
  now,
  isTable,
  onTable,
}: {
  limits: LimitsSnapshot | null
  known: ReturnType<typeof useLimitHistory>
  account: Account
  now: number
  isTable: boolean
  onTable(isTable: boolean): void
}) {
  const [range, setRange] = useState<(typeof ranges)[number][0]>('7')
  if (limits === null && history.length === 0 && problem === null) {
    return (
      <Block title="Limits">
        <p className={styles.none}>
          {account.state === 'apiKey'
            ? 'A key has no plan and no limits of one: each token is paid for.'
            : 'None are known yet. They come with the first answer of the model on a ChatGPT plan.'}
        </p>
      </Block>
    )
  }
  const isGone = account.state === 'nobody' || account.state === 'apiKey'
  const newest = limits ?? (isGone ? (history.at(-1) ?? null) : null)
  return (
    <Block
      title={isGone ? 'Limits of the last ChatGPT account' : 'Limits'}
      aside={newest && <span title={formatExact(newest.at)}>{describeAge(newest.at, account, now)}</span>}
    >
      {limits && !isGone && <LimitMeters limits={limits} now={now} size="large" hasAll />}
      {problem !== null && (
        <div className={styles.problem}>
          <Problem
            title="The history could not be read"
            actions={
              <ActionButton isBusy={false} onClick={retry}>
                Try again
              </ActionButton>
            }
          >
            {revealControls(problem)}
          </Problem>
        </div>
      )}
      {history.length > 0 && (
        <>
          <div className={styles.chartsHead}>
            <h3>History</h3>
            <Choice label="How far back" value={range} options={ranges} onChange={(chosen) => setRange(chosen)} />
            <NumbersButton isTable={isTable} onTable={onTable} />
          </div>
          {isTable ? (
            <LimitTables history={history} days={Number(range)} now={now} />
          ) : (
            <LimitCharts history={history} days={Number(range)} now={now} isOver={isGone} />
          )}
        </>
      )}
    </Block>
  )
}

function describeAge(at: number, { state }: Account, now: number): string {
  const age = now - at < 60_000 ? 'now' : formatRelative(at, now)
  if (state === 'nobody' || state === 'apiKey') return `told last ${age}`
  return state === 'broken' ? `as of ${age}, by the sign-in before` : `as of ${age}`
}
