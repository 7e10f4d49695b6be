import type { Session, Thread } from '../../contract/domain/session.ts'
import type { Item, Turn } from '../../contract/domain/turn.ts'

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
 * Turns in the order people read them: those of the root thread, and inside of each, where they began, the turns of
 * sub-agents. A thread whose parent is unknown is put into the turn of the root that ran when it began.
 */
export function layOutConversation(session: Session, turns: Turn[]): TurnLayout[] {
  const ordered = [...turns].sort((a, b) => a.startedAt - b.startedAt || a.id.localeCompare(b.id))
  const rootId = findRoot(session, ordered)
  const known = new Map(session.threads.map((thread) => [thread.id, thread]))
  const threadOf = (id: string): Thread => known.get(id) ?? { id, parentThreadId: rootId, subagent: null, model: null }

  const layouts = new Map<string, TurnLayout[]>()
  for (const turn of ordered) {
    const siblings = layouts.get(turn.threadId) ?? []
    siblings.push({ turn, number: siblings.length + 1, rows: turn.items.map((item) => ({ kind: 'item', item })) })
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
  const isAfter = (row: Row) =>
    row.kind === 'item' ? row.item.at > child.turn.startedAt : firstStart(row.lane) > child.turn.startedAt
  const index = parent.rows.findIndex(isAfter)
  const lane: Row = { kind: 'lane', lane: { thread, turns: [child] } }
  parent.rows.splice(index === -1 ? parent.rows.length : index, 0, lane)
}

function firstStart(lane: Lane): number {
  return lane.turns[0]?.turn.startedAt ?? 0
}
