import { CornerDownRight } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import type { Item, Turn } from '../../contract/domain/turn.ts'
import { LiveDot } from '../ui/Controls.tsx'
import { formatDuration, formatTokens } from '../ui/formatting.ts'
import { nameStatus, StatusMark } from '../ui/StatusMark.tsx'
import { Twist } from './Fold.tsx'
import { FoldScopeProvider, useFold } from './foldState.ts'
import items from './Items.module.css'
import { isSameItem, isSameRow, isSameShallow } from './isSame.ts'
import type { Lane, TurnLayout } from './layOutConversation.ts'
import { type ConversationRow, type ItemFlags, insideFold, isLaneLive, nameLane } from './layOutRows.ts'
import {
  AnswerItem,
  CompactionItem,
  ErrorItem,
  LimitSeam,
  PromptItem,
  ThoughtItem,
  UnknownItem,
} from './MessageItems.tsx'
import styles from './Rows.module.css'
import { RunView } from './RunView.tsx'
import { ToolCallItem } from './ToolCallItem.tsx'
import { TurnEnd } from './TurnEnd.tsx'
import { TurnIdProvider } from './turnId.ts'
import { UnreadItems } from './UnreadItems.tsx'

/** One row of the conversation, inside of the lanes that it is in. */
export const RowView = memo(
  function RowView({ row }: { row: ConversationRow }) {
    return (
      <InLanes lanes={row.lanes}>
        <div className={styles.content} data-in-run={row.isInRun || undefined}>
          <TurnIdProvider value={row.turn.id}>
            <FoldScopeProvider value={row.key}>
              <Content row={row} />
            </FoldScopeProvider>
          </TurnIdProvider>
        </div>
      </InLanes>
    )
  },
  (before, after) => isSameRow(before.row, after.row),
)

function InLanes({ lanes: [isLive, ...others], children }: { lanes: boolean[]; children: ReactNode }) {
  if (isLive === undefined) return children
  return (
    <div className={styles.laneIndent}>
      <div className={`${items.lane} ${styles.lane}`} data-live={isLive || undefined}>
        <InLanes lanes={others}>{children}</InLanes>
      </div>
    </div>
  )
}

function Content({ row }: { row: ConversationRow }) {
  switch (row.kind) {
    case 'prompt':
      return <PromptItem itemId={row.key} text={row.text} images={[]} speaker={row.asker} />
    case 'item':
      return <ItemView item={row.item} {...row.flags} />
    case 'run':
      return <RunView run={row.run} />
    case 'lane':
      return <LaneHead itemId={row.key} lane={row.lane} />
    case 'failure':
      return <UnsaidFailure turn={row.turn} />
    case 'waiting':
      return <Waiting turn={row.turn} />
    case 'unread':
      return <UnreadItems turn={row.turn} itemId={row.key} />
    case 'end':
      return <TurnEnd turn={row.turn} number={row.number} />
  }
}

const ItemView = memo(
  function ItemView({
    item,
    isLive,
    isLast,
    isHealed,
    hasKeyTakenOver,
    isOnlyPatch,
    speaker,
    asker,
  }: ItemFlags & { item: Item }) {
    switch (item.type) {
      case 'userMessage':
        return <PromptItem itemId={item.id} text={item.text} images={item.images} speaker={asker} />
      case 'reasoning':
        return <ThoughtItem item={item} isLive={isLive && isLast} />
      case 'toolCall':
        return <ToolCallItem call={item} isLive={isLive} isOnlyPatch={isOnlyPatch} />
      case 'assistantMessage':
        return <AnswerItem item={item} speaker={speaker} isStreaming={isLive && isLast} />
      case 'compaction':
        return <CompactionItem item={item} />
      case 'error':
        return hasKeyTakenOver && isHealed && item.code === 'usage_limit_reached' ? (
          <LimitSeam itemId={item.id} />
        ) : (
          <ErrorItem item={item} isHealed={isHealed} />
        )
      case 'unknown':
        return <UnknownItem item={item} />
    }
  },
  ({ item: before, ...a }, { item: after, ...b }) => isSameItem(before, after) && isSameShallow(a, b),
)

/** Who was asked, and what it came to; what it did are the rows below. */
function LaneHead({ itemId, lane }: { itemId: string; lane: Lane }) {
  const { thread, turns } = lane
  const isLive = isLaneLive(lane)
  const [isOpen, toggle] = useFold(insideFold, true)
  const last = turns.at(-1)?.turn
  const tokens = turns.reduce((sum, { turn }) => sum + turn.usage.totalTokens, 0)
  return (
    <article
      className={items.item}
      data-item={itemId}
      data-kind="lane"
      tabIndex={-1}
      aria-label={`Sub-agent: ${nameLane(lane)}`}
    >
      <div className={items.verb}>
        <CornerDownRight aria-hidden />
        <span>Asked</span>
      </div>
      <div className={`${items.lane} ${styles.lane}`} data-live={isLive || undefined}>
        <button type="button" className={items.laneHead} aria-expanded={isOpen} onClick={toggle}>
          <Twist />
          <b>{nameLane(lane)}</b>
          <span className={items.tag}>sub-agent</span>
          <span className={items.meta}>
            <span className={items.wide}>{thread.model ?? last?.model}</span>
            {tokens > 0 && <span className={items.wide}>{formatTokens(tokens)} tok</span>}
            {!isLive && <span>{formatDuration(totalDuration(turns))}</span>}
            {last && <StatusMark status={isLive ? 'live' : last.status} />}
          </span>
        </button>
      </div>
    </article>
  )
}

function totalDuration(turns: TurnLayout[]): number {
  return turns.reduce((sum, { turn }) => sum + Math.max(0, (turn.endedAt ?? turn.startedAt) - turn.startedAt), 0)
}

/** A turn that failed without an item that says so: its exchange knows why. */
function UnsaidFailure({ turn }: { turn: Turn }) {
  const exchange = turn.exchanges.findLast(({ status }) => status === 'failed')
  const message =
    exchange?.errorMessage ?? (exchange?.httpStatus ? `HTTP ${exchange.httpStatus}` : nameStatus('failed'))
  const at = turn.endedAt ?? turn.startedAt
  return (
    <ErrorItem
      item={{
        id: `${turn.id} failure`,
        exchangeId: exchange?.id ?? '',
        at,
        type: 'error',
        code: exchange?.errorCode ?? null,
        message,
      }}
      isHealed={false}
    />
  )
}

/** Between two items of a live turn there is nothing to show but that it lives. */
function Waiting({ turn }: { turn: Turn }) {
  const last = turn.items.at(-1)
  const isBusy = last?.type === 'assistantMessage' || (last?.type === 'toolCall' && last.status === 'running')
  if (isBusy) return null
  return (
    <div className={styles.waiting}>
      <LiveDot />
      Waiting for the model
    </div>
  )
}
