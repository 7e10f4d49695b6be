import { Cpu, Folder, GitBranch } from 'lucide-react'
import { nameGit, type Session } from '../../contract/domain/session.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import { useNow } from '../ui/clock.ts'
import {
  cachedPercent,
  formatCount,
  formatDuration,
  formatExact,
  formatNumber,
  formatPercent,
  formatTokens,
  shortenPath,
} from '../ui/formatting.ts'
import { explainCost, formatShortCost } from '../ui/money.ts'
import { nameStatus, StatusMark } from '../ui/StatusMark.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { describeCredential } from './describeCredential.ts'
import styles from './SessionHead.module.css'

/**
 * The line under the title, in the same order everywhere: where, with what, how much. In a narrow pane the commit makes room
 * first, then the cache, then who paid; where, with which model, how much and for how much stay. Narrower still it is two lines: where and with what, and how much.
 */
export function SessionFacts({ session, turns }: { session: Session; turns: Turn[] }) {
  const { usage } = session
  const cached = cachedPercent(usage)
  const credential = describeCredential(session)
  return (
    <div className={styles.facts}>
      <div>
        {session.cwd !== null && (
          <span className={styles.cwd} title={revealControls(describeFolders(session.cwd, session.goesOnIn))}>
            <Folder aria-hidden />
            <span>{revealControls(shortenPath(session.cwd))}</span>
          </span>
        )}
        <Git git={session.git} />
        {session.model !== null && (
          <span className={styles.model}>
            <Cpu aria-hidden />
            <span>{revealControls(session.model)}</span>
          </span>
        )}
        {credential && (
          <span className={styles.credential} title={credential.why ?? undefined}>
            {revealControls(credential.name)}
          </span>
        )}
      </div>
      <div>
        <span>{formatCount(session.turnCount, 'turn')}</span>
        <Duration session={session} turns={turns} />
        {usage.totalTokens > 0 && (
          <span
            title={`${formatNumber(usage.inputTokens)} in, ${formatNumber(usage.cachedInputTokens)} of them cached; ${formatNumber(usage.outputTokens)} out`}
          >
            {formatTokens(usage.totalTokens)} tok
          </span>
        )}
        {cached !== null && cached > 0 && (
          <span className={`${styles.cached} ${styles.soft}`}>{formatPercent(cached)} cached</span>
        )}
        {session.apiEquivalentUsd !== null && (
          <span className={styles.cost} title={explainCost(session.accountMode, { unpriced: [] }) || undefined}>
            {formatShortCost(session.apiEquivalentUsd, session.accountMode)}
            {session.accountMode !== 'apiKey' && <span className={styles.costWords}> at API prices</span>}
          </span>
        )}
        {session.status !== 'live' && session.status !== 'completed' && (
          <span className={styles.ended} data-status={session.status}>
            <StatusMark status={session.status} />
            <span aria-hidden>{session.status === 'cut' ? 'Cut' : nameStatus(session.status)}</span>
          </span>
        )}
      </div>
    </div>
  )
}

function describeFolders(cwd: string, goesOnIn: string | undefined): string {
  return goesOnIn === undefined ? cwd : `${cwd}; it worked last in ${goesOnIn}`
}

function Git({ git }: Pick<Session, 'git'>) {
  const name = git ? nameGit(git) : null
  if (!git || name === null) return null
  const { branch, commit, hasChanges } = git
  const said = [
    branch !== null && `branch ${branch}`,
    commit !== null && `commit ${commit}`,
    commit !== null && (hasChanges ? 'with changes that were not committed' : 'without further changes'),
  ]
  return (
    <span className={styles.git} title={revealControls(`As its last turn began: ${said.filter(Boolean).join(', ')}`)}>
      <GitBranch aria-hidden />
      <span>{revealControls(name)}</span>
    </span>
  )
}

/** The time that turns took: a session that waits over night for its user is not a long one. */
function Duration({ session, turns }: { session: Session; turns: Turn[] }) {
  const isLive = session.status === 'live'
  const now = useNow(isLive)
  const agents = new Set(session.threads.filter((thread) => thread.parentThreadId !== null).map((thread) => thread.id))
  const workMs = turns
    .filter((turn) => !agents.has(turn.threadId))
    .reduce(
      (sum, turn) =>
        sum + Math.max(0, (turn.endedAt ?? (turn.status === 'live' ? now : turn.startedAt)) - turn.startedAt),
      0,
    )
  return (
    <span
      title={`Time that turns took. Begun ${formatExact(session.startedAt)}, last active ${formatExact(session.updatedAt)}`}
    >
      {formatDuration(isLive ? Math.floor(workMs / 1_000) * 1_000 : workMs)}
    </span>
  )
}
