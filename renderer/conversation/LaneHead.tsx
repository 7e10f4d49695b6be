import { CornerDownRight } from 'lucide-react'
import type { Turn } from '../../contract/domain/turn.ts'
import { Hidden } from '../ui/Controls.tsx'
import { useNow } from '../ui/clock.ts'
import { formatClock, formatCount, formatDuration, formatTokens } from '../ui/formatting.ts'
import { nameStatus, StatusMark } from '../ui/StatusMark.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { describeActivity } from './describeActivity.ts'
import { FoldTip, Twist } from './Fold.tsx'
import { useFold } from './foldState.ts'
import items from './Items.module.css'
import styles from './LaneHead.module.css'
import type { Lane } from './layOutConversation.ts'
import { insideFold } from './layOutRows.ts'
import rows from './Rows.module.css'
import { summarizeLane } from './summarizeLane.ts'

/** Who was asked for what, and what it came to; all that it did are the rows below, while it is open. */
export function LaneHead({ itemId, lane, parent }: { itemId: string; lane: Lane; parent: Turn }) {
  const [isOpen, toggle] = useFold(insideFold, false)
  const { name, task, status, stepCount, tokens, durationMs, liveSince } = summarizeLane(lane, parent)
  const model = lane.thread.model ?? lane.turns.at(-1)?.turn.model
  return (
    <article
      className={items.item}
      data-item={itemId}
      data-kind="lane"
      tabIndex={-1}
      aria-label={`Sub-agent: ${revealControls(name)}`}
    >
      <div className={items.verb}>
        <CornerDownRight aria-hidden />
        <span>Asked</span>
      </div>
      <div className={`${items.lane} ${rows.lane}`} data-live={liveSince !== null || undefined}>
        <FoldTip isOpen={isOpen}>
          <button type="button" className={items.laneHead} aria-expanded={isOpen} onClick={toggle}>
            <Twist />
            <b className={styles.name} data-piece="name">
              {revealControls(name)}
            </b>
            <span className={`${items.tag} ${items.wide}`}>sub-agent</span>
            {liveSince === null ? (
              task !== null && (
                <span className={styles.task} title={revealControls(task)} dir="auto" data-piece="task">
                  {revealControls(task)}
                </span>
              )
            ) : (
              <Doing lane={lane} />
            )}
            <span className={items.meta} title={model ? revealControls(model) : undefined}>
              {stepCount > 0 && <span className={items.wide}>{formatCount(stepCount, 'step')}</span>}
              {tokens > 0 && <span className={items.wide}>{formatTokens(tokens)} tok</span>}
              {liveSince === null ? (
                <span>{formatDuration(durationMs)}</span>
              ) : (
                <Running since={liveSince} before={durationMs} />
              )}
              <StatusMark status={status} />
              {status !== 'completed' && status !== 'live' && (
                <span className={status === 'failed' ? items.fail : undefined} aria-hidden>
                  {status === 'cut' ? 'Cut' : nameStatus(status)}
                </span>
              )}
            </span>
          </button>
        </FoldTip>
      </div>
    </article>
  )
}

function Doing({ lane }: { lane: Lane }) {
  const live = lane.turns.findLast(({ turn }) => turn.status === 'live')
  if (!live) return null
  const { text, code } = describeActivity(live.turn)
  return (
    <span className={styles.task}>
      {text}
      {code !== null && <code> {revealControls(code)}</code>}
    </span>
  )
}

function Running({ since, before }: { since: number; before: number }) {
  const now = useNow(true)
  return (
    <span className={items.running}>
      {formatClock(now - since + before)}
      <Hidden>running</Hidden>
    </span>
  )
}
