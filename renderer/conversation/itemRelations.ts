import { createContext, useContext } from 'react'
import type { Turn } from '../../contract/domain/turn.ts'
import { findCacheMisses, type Miss } from '../inspector/cacheMisses.ts'
import { type CompactionSeam, measureCompactions } from './compactionSeam.ts'
import { type PlanChanges, relatePlans } from './planChanges.ts'
import { relateTerminals, type TerminalRelations } from './terminals.ts'

/** What is known of an item only by looking at the others of its thread. */
export interface ItemRelations extends TerminalRelations {
  compaction?: CompactionSeam
  /** For each thing that a call used; null for what is no plan, and for the first one. */
  plans?: (PlanChanges | null)[]
  /** Of the end of a turn: the request that read most of what was sent before anew. */
  cacheMiss?: Miss
}

export type RelationsOfItems = ReadonlyMap<string, ItemRelations>

/** By the ids of the items, and by the keys of the rows that end turns; most have none. */
export function relateItems(turns: Turn[]): RelationsOfItems {
  const relations = new Map<string, ItemRelations>()
  const add = (id: string, more: ItemRelations) => relations.set(id, { ...relations.get(id), ...more })
  for (const thread of partByThread(turns)) {
    for (const [id, compaction] of measureCompactions(thread)) add(id, { compaction })
    for (const [id, plans] of relatePlans(thread)) add(id, { plans })
    for (const [id, terminals] of relateTerminals(thread)) add(id, terminals)
  }
  for (const [turnId, cacheMiss] of findCacheMisses(turns)) add(`${turnId} end`, { cacheMiss })
  return relations
}

/** The turns of each thread, in the order in which they began. */
function partByThread(turns: Turn[]): Turn[][] {
  const threads = new Map<string, Turn[]>()
  const ordered = [...turns].sort((a, b) => a.startedAt - b.startedAt || a.id.localeCompare(b.id))
  for (const turn of ordered) {
    const known = threads.get(turn.threadId)
    if (known) known.push(turn)
    else threads.set(turn.threadId, [turn])
  }
  return [...threads.values()]
}

const Relations = createContext<ItemRelations>({})
export const RelationsProvider = Relations.Provider

/** Of the item that is drawn, or of the first one of a run. */
export function useRelations(): ItemRelations {
  return useContext(Relations)
}
