import { memo, type ReactNode } from 'react'
import { isSameValue } from '../../contract/domain/isSameValue.ts'
import type { Item, Turn } from '../../contract/domain/turn.ts'
import { LiveDot } from '../ui/Controls.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { CompactionItem } from './CompactionItem.tsx'
import { failureOf } from './failureOf.ts'
import { FoldScopeProvider } from './foldState.ts'
import items from './Items.module.css'
import { isSameItem, isSameRow, isSameShallow } from './isSame.ts'
import { type ItemRelations, RelationsProvider } from './itemRelations.ts'
import { LaneHead } from './LaneHead.tsx'
import type { ConversationRow, ItemFlags } from './layOutRows.ts'
import { AnswerItem, ErrorItem, LimitSeam, PromptItem, ThoughtItem, UnknownItem } from './MessageItems.tsx'
import { RetriesItem } from './RetriesItem.tsx'
import styles from './Rows.module.css'
import { RunView } from './RunView.tsx'
import { ToolCallItem } from './ToolCallItem.tsx'
import { TurnEnd } from './TurnEnd.tsx'
import { TurnIdProvider } from './turnId.ts'
import { UnreadItems } from './UnreadItems.tsx'

const noRelations: ItemRelations = {}

/** One row of the conversation, inside of the lanes that it is in. */
export const RowView = memo(
  function RowView({ row, relations }: { row: ConversationRow; relations: ItemRelations | undefined }) {
    return (
      <InLanes lanes={row.lanes}>
        <div className={styles.content} data-in-run={row.isInRun || undefined}>
          <TurnIdProvider value={row.turn.id}>
            <FoldScopeProvider value={row.key}>
              <RelationsProvider value={relations ?? noRelations}>
                <Content row={row} />
              </RelationsProvider>
            </FoldScopeProvider>
          </TurnIdProvider>
        </div>
      </InLanes>
    )
  },
  (before, after) => isSameRow(before.row, after.row) && isSameValue(before.relations, after.relations),
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
      return <PromptItem itemId={row.key} text={row.text} pictures={[]} speaker={row.asker} />
    case 'item':
      return <ItemView item={row.item} {...row.flags} />
    case 'retries':
      return <RetriesItem itemId={row.key} turn={row.turn} attempts={row.attempts} />
    case 'run':
      return <RunView run={row.run} />
    case 'lane':
      return <LaneHead itemId={row.key} lane={row.lane} parent={row.turn} />
    case 'failure':
      return <ErrorItem item={failureOf(row.turn)} />
    case 'model':
      return (
        <p className={styles.model}>
          <span>
            Model: {revealControls(row.from)} → {revealControls(row.to)}
          </span>
        </p>
      )
    case 'waiting':
      return <Waiting turn={row.turn} />
    case 'unread':
      return <UnreadItems turn={row.turn} itemId={row.key} />
    case 'end':
      return <TurnEnd turn={row.turn} number={row.number} agentTokens={row.agentTokens} />
  }
}

const ItemView = memo(
  function ItemView({ item, isLive, isLast, isLimitSeam, isOnlyPatch, speaker, asker }: ItemFlags & { item: Item }) {
    switch (item.type) {
      case 'userMessage':
        return <PromptItem itemId={item.id} text={item.text} pictures={item.pictures ?? []} speaker={asker} />
      case 'reasoning':
        return <ThoughtItem item={item} isLive={isLive && isLast} />
      case 'toolCall':
        return <ToolCallItem call={item} isLive={isLive} isOnlyPatch={isOnlyPatch} />
      case 'assistantMessage':
        return <AnswerItem item={item} speaker={speaker} isStreaming={isLive && isLast} />
      case 'compaction':
        return <CompactionItem item={item} />
      case 'error':
        return isLimitSeam ? <LimitSeam itemId={item.id} /> : <ErrorItem item={item} />
      case 'unknown':
        return <UnknownItem item={item} />
    }
  },
  ({ item: before, ...a }, { item: after, ...b }) => isSameItem(before, after) && isSameShallow(a, b),
)

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
