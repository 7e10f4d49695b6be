import type { Session, Thread } from '../../contract/domain/session.ts'
import type { Item, Turn } from '../../contract/domain/turn.ts'
import { findSpawn, isPath, type Spawn } from './spawnOf.ts'

/** A turn with what belongs between its items: the lanes of the sub-agents that it started. */
export interface TurnLayout {
  turn: Turn
  /** Counted within its thread, from one. */
  number: number
  rows: Row[]
}
export type Row = { kind: 'item'; item: Item } | { kind: 'lane'; lane: Lane }
export interface Lane {
  thread: Thread
  turns: TurnLayout[]
}

/**
 * Turns in the order people read them: those of the root thread, and inside of each, behind the call that started them or
 * else where they began, the turns of sub-agents. A thread whose parent is unknown is put into the turn of the root that ran when it began.
 */
export function layOutConversation(session: Session, turns: Turn[]): TurnLayout[] {
  const ordered = [...turns].sort((a, b) => a.startedAt - b.startedAt || a.id.localeCompare(b.id))
  const rootId = findRoot(session, ordered)
  const known = new Map(session.threads.map((thread) => [thread.id, thread]))
  const threadOf = (id: string): Thread => known.get(id) ?? { id, parentThreadId: rootId, subagent: null, model: null }

  const layouts = new Map<string, TurnLayout[]>()
  for (const turn of ordered) {
    const siblings = layouts.get(turn.threadId) ?? []
    siblings.push({ turn, number: siblings.length + 1, rows: turn.items.map(rowOf) })
    layouts.set(turn.threadId, siblings)
  }

  const roots = layouts.get(rootId) ?? []
  for (const [threadId, children] of layouts) {
    if (threadId === rootId) continue
    const thread = threadOf(threadId)
    const parentId = thread.parentThreadId ?? rootId
    const parents = parentId === threadId ? roots : (layouts.get(parentId) ?? roots)
    for (const child of children) {
      const parent = parents.findLast(({ turn }) => turn.startedAt <= child.turn.startedAt) ?? parents[0]
      if (parent) addToLane(parent, thread, child)
      else roots.push(child)
    }
  }
  return roots
}

/** Most items of a turn are the same at its next update, and so are their rows. */
const itemRows = new WeakMap<Item, Row>()

function rowOf(item: Item): Row {
  const known = itemRows.get(item)
  if (known) return known
  const row: Row = { kind: 'item', item }
  itemRows.set(item, row)
  return row
}

function findRoot(session: Session, turns: Turn[]): string {
  const root = session.threads.find((thread) => thread.parentThreadId === null && thread.subagent === null)
  return root?.id ?? turns.find((turn) => turn.threadId === session.id)?.threadId ?? turns[0]?.threadId ?? session.id
}

function addToLane(parent: TurnLayout, thread: Thread, child: TurnLayout) {
  const known = parent.rows.find((row) => row.kind === 'lane' && row.lane.thread.id === thread.id)
  if (known?.kind === 'lane') {
    known.lane.turns.push(child)
    return
  }
  const spawn = findSpawn(parent.turn, thread.id, child.turn.prompt)
  const isAfter = (row: Row) =>
    row.kind === 'item' ? row.item.at > child.turn.startedAt : firstStart(row.lane) > child.turn.startedAt
  const start = parent.rows.findIndex((row) => row.kind === 'item' && row.item === spawn?.call)
  // Several that one call started stand behind it in their order.
  const isBehind = (row: Row, at: number) =>
    start === -1 ? isAfter(row) : at > start && (row.kind === 'item' || isAfter(row))
  const index = parent.rows.findIndex(isBehind)
  const lane: Row = { kind: 'lane', lane: { thread, turns: [spawn ? withTask(child, spawn) : child] } }
  parent.rows.splice(index === -1 ? parent.rows.length : index, 0, lane)
}

const withTasks = new WeakMap<Item, Item>()

/** Its prompt is encrypted and read as the path of its task; what it was asked stands in the call that started it. */
function withTask(child: TurnLayout, { message }: Spawn): TurnLayout {
  if (message === null) return child
  return {
    ...child,
    rows: child.rows.map((row) => {
      if (row.kind !== 'item' || row.item.type !== 'userMessage' || !isPath(row.item.text)) return row
      const item = withTasks.get(row.item) ?? { ...row.item, text: message }
      // The same again each time, so that it is not drawn anew.
      withTasks.set(row.item, item)
      return rowOf(item)
    }),
  }
}

function firstStart(lane: Lane): number {
  return lane.turns[0]?.turn.startedAt ?? 0
}
