import { CornerDownRight } from 'lucide-react'
import { memo } from 'react'
import type { Item, Turn } from '../../contract/domain/turn.ts'
import { LiveDot } from '../ui/Controls.tsx'
import { formatDuration, formatTokens } from '../ui/formatting.ts'
import { nameStatus, StatusMark } from '../ui/StatusMark.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { Twist } from './Fold.tsx'
import { FoldScopeProvider, useFold } from './foldState.ts'
import items from './Items.module.css'
import { isSameItem, isSameLayout } from './isSame.ts'
import type { Lane, Row, TurnLayout } from './layOutConversation.ts'
import {
  AnswerItem,
  CompactionItem,
  ErrorItem,
  LimitSeam,
  PromptItem,
  ThoughtItem,
  UnknownItem,
} from './MessageItems.tsx'
import { ToolCallItem } from './ToolCallItem.tsx'
import { TurnEnd } from './TurnEnd.tsx'
import styles from './TurnView.module.css'

export const TurnView = memo(
  function TurnView({ layout }: { layout: TurnLayout }) {
    const { turn, number } = layout
    const isLive = turn.status === 'live'
    return (
      <section
        className={styles.turn}
        data-turn={turn.id}
        data-live={isLive || undefined}
        aria-label={`Turn ${number}`}
      >
        <Rows layout={layout} speaker="Codex" asker="You" />
        {isLive ? <Waiting turn={turn} /> : <TurnEnd turn={turn} number={number} />}
      </section>
    )
  },
  (before, after) => isSameLayout(before.layout, after.layout),
)

function Rows({ layout: { turn, rows }, speaker, asker }: { layout: TurnLayout; speaker: string; asker: string }) {
  const isLive = turn.status === 'live'
  const hasPrompt = turn.items.some((item) => item.type === 'userMessage')
  const hasKeyTakenOver = turn.exchanges.some(({ credential }) => credential === 'keyAtLimit')
  const patches = turn.items.filter((item) => item.type === 'toolCall' && item.patch !== null)
  return (
    <>
      {!hasPrompt && turn.prompt !== '' && (
        <FoldScopeProvider value={`${turn.id} prompt`}>
          <PromptItem itemId={`${turn.id} prompt`} text={turn.prompt} images={[]} speaker={asker} />
        </FoldScopeProvider>
      )}
      {rows.map((row, index) => (
        <RowView
          key={row.kind === 'item' ? row.item.id : `lane ${row.lane.thread.id}`}
          row={row}
          isLive={isLive}
          isLast={index === rows.length - 1}
          isHealed={turn.status !== 'failed' && turn.status !== 'aborted' && (isLive || index < rows.length - 1)}
          hasKeyTakenOver={hasKeyTakenOver}
          isOnlyPatch={patches.length === 1}
          speaker={speaker}
          asker={asker}
        />
      ))}
      <UnsaidFailure turn={turn} />
    </>
  )
}

interface RowProps {
  row: Row
  isLive: boolean
  isLast: boolean
  isHealed: boolean
  /** Whether the key went on in this turn where the plan had ended. */
  hasKeyTakenOver: boolean
  isOnlyPatch: boolean
  speaker: string
  asker: string
}

function RowView({ row, ...rest }: RowProps) {
  return row.kind === 'item' ? (
    <FoldScopeProvider value={row.item.id}>
      <ItemView item={row.item} {...rest} />
    </FoldScopeProvider>
  ) : (
    <FoldScopeProvider value={`lane ${row.lane.thread.id}`}>
      <LaneView lane={row.lane} />
    </FoldScopeProvider>
  )
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
  }: Omit<RowProps, 'row'> & { item: Item }) {
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
  ({ item: before, ...a }, { item: after, ...b }) => isSameItem(before, after) && isSameFlags(a, b),
)

function isSameFlags<T extends object>(a: T, b: T): boolean {
  return (Object.keys(a) as (keyof T)[]).every((key) => a[key] === b[key])
}

/** What a sub-agent did, where it was asked. */
function LaneView({ lane: { thread, turns } }: { lane: Lane }) {
  const isLive = turns.some(({ turn }) => turn.status === 'live')
  const [isOpen, toggle] = useFold('lane', true)
  const name = revealControls(thread.subagent ?? 'sub-agent')
  const last = turns.at(-1)?.turn
  const tokens = turns.reduce((sum, { turn }) => sum + turn.usage.totalTokens, 0)
  return (
    <article className={items.item} data-item={`lane ${thread.id}`} data-kind="lane" tabIndex={-1}>
      <div className={items.verb}>
        <CornerDownRight aria-hidden />
        <span>Asked</span>
      </div>
      <section className={items.lane} data-live={isLive || undefined} aria-label={`Sub-agent: ${name}`}>
        <button type="button" className={items.laneHead} aria-expanded={isOpen} onClick={toggle}>
          <Twist />
          <b>{name}</b>
          <span className={items.tag}>sub-agent</span>
          <span className={items.meta}>
            <span className={items.wide}>{thread.model ?? last?.model}</span>
            {tokens > 0 && <span className={items.wide}>{formatTokens(tokens)} tok</span>}
            {!isLive && <span>{formatDuration(totalDuration(turns))}</span>}
            {last && <StatusMark status={isLive ? 'live' : last.status} />}
          </span>
        </button>
        {isOpen &&
          turns.map((layout) => (
            <div key={layout.turn.id} data-turn-inside={layout.turn.id}>
              <Rows layout={layout} speaker={capitalise(name)} asker="Codex" />
            </div>
          ))}
      </section>
    </article>
  )
}

function totalDuration(turns: TurnLayout[]): number {
  return turns.reduce((sum, { turn }) => sum + Math.max(0, (turn.endedAt ?? turn.startedAt) - turn.startedAt), 0)
}

function capitalise(text: string): string {
  return text === 'sub-agent' ? 'Agent' : text.charAt(0).toUpperCase() + text.slice(1)
}

/** A turn that failed without an item that says so: its exchange knows why. */
function UnsaidFailure({ turn }: { turn: Turn }) {
  if (turn.status !== 'failed' || turn.items.some((item) => item.type === 'error')) return null
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
