import { createContext, useContext } from 'react'
import type { Turn } from '../../contract/domain/turn.ts'
import { type CompactionSeam, measureCompactions } from './compactionSeam.ts'
import { notePlans, type PlanChanges } from './planChanges.ts'
import { noteTerminals, type TerminalNotes } from './terminals.ts'

/** What is known of an item only by looking at the others of its thread. */
export interface ItemNote extends TerminalNotes {
  compaction?: CompactionSeam
  /** For each thing that a call used; null for what is no plan, and for the first one. */
  plans?: (PlanChanges | null)[]
}

export type ItemNotes = ReadonlyMap<string, ItemNote>

/** By the ids of the items; most items have none. */
export function noteItems(turns: Turn[]): ItemNotes {
  const notes = new Map<string, ItemNote>()
  const add = (id: string, note: ItemNote) => notes.set(id, { ...notes.get(id), ...note })
  for (const thread of partByThread(turns)) {
    for (const [id, compaction] of measureCompactions(thread)) add(id, { compaction })
    for (const [id, plans] of notePlans(thread)) add(id, { plans })
    for (const [id, terminals] of noteTerminals(thread)) add(id, terminals)
  }
  return notes
}

/** The turns of each thread, in the order in which they began. */
function partByThread(turns: Turn[]): Turn[][] {
  const threads = new Map<string, Turn[]>()
  const ordered = [...turns].sort((a, b) => a.startedAt - b.startedAt || a.id.localeCompare(b.id))
  for (const turn of ordered) threads.set(turn.threadId, [...(threads.get(turn.threadId) ?? []), turn])
  return [...threads.values()]
}

const Note = createContext<ItemNote>({})
export const NoteProvider = Note.Provider

/** Of the item that is drawn. */
export function useNote(): ItemNote {
  return useContext(Note)
}
