import { z } from 'zod'
import { exchangeSchema } from './exchange.ts'
import { isSameValue } from './isSameValue.ts'
import { itemSchema, type Turn, type TurnOutline, turnSchema } from './turn.ts'

function listChangeOf<T extends z.ZodType>(value: T) {
  return z.object({
    length: z.number().int().min(0),
    /** By place, rising. All that are new, all that are another than before at their place, and the last one in any case. */
    changed: z.array(z.object({ at: z.number().int().min(0), value })),
  })
}

/**
 * How a turn became another version of itself. A long turn changes in few places many times a second, so that it does not go
 * over the wire each time.
 */
export const turnChangeSchema = z.object({
  /** All of the new version but its lists. */
  head: turnSchema.omit({ items: true, exchanges: true }),
  /** The `seq` of the version that it builds on; null where it builds on none, and all is in it. */
  since: z.number().nullable(),
  items: listChangeOf(itemSchema),
  exchanges: listChangeOf(exchangeSchema),
})
export type TurnChange = z.infer<typeof turnChangeSchema>

interface ListChange<T> {
  length: number
  changed: { at: number; value: T }[]
}

/** What leads from the version of a turn that was told of before to this one; null where none was told of, or is remembered. */
export function changeBetween(before: Turn | null, turn: Turn): TurnChange {
  const { items, exchanges, ...head } = turn
  return {
    head,
    since: before?.seq ?? null,
    items: changeOfList(before?.items ?? [], items),
    exchanges: changeOfList(before?.exchanges ?? [], exchanges),
  }
}

/**
 * The turn after a change, with what did not change in it being the same objects. What is not older than the change stays as it
 * is. Null where what the change builds on is not there: then the turn has to be read.
 */
export function applyChange(known: Turn | undefined, change: TurnChange): Turn | null {
  const { head, since } = change
  if (known && known.seq >= head.seq) return known
  // A joined change also fits the versions that it leads over: whatever one of them lacks of the newest is in it.
  if (since !== null && (!known || known.seq < since)) return null
  const base = since === null ? undefined : known
  const items = applyToList(base?.items ?? [], change.items)
  const exchanges = applyToList(base?.exchanges ?? [], change.exchanges)
  return items && exchanges && { ...head, items, exchanges }
}

/** Both in one; the newer one alone where it does not build on the other. */
export function joinChanges(earlier: TurnChange, later: TurnChange): TurnChange {
  if (later.head.seq <= earlier.head.seq) return earlier
  if (later.since !== earlier.head.seq) return later
  return {
    head: later.head,
    since: earlier.since,
    items: joinLists(earlier.items, later.items),
    exchanges: joinLists(earlier.exchanges, later.exchanges),
  }
}

/** What a change tells of a turn that is not there. */
export function outlineOf({ head }: TurnChange): TurnOutline {
  const { seq: _seq, ...outline } = head
  return outline
}

/** The last item, which every change has. */
export function lastItemOf({ items }: TurnChange) {
  return items.changed.at(-1)?.value
}

function changeOfList<T>(before: readonly T[], list: readonly T[]): ListChange<T> {
  const last = list.length - 1
  const changed = list.flatMap((value, at) =>
    at === last || at >= before.length || !isSameValue(before[at], value) ? [{ at, value }] : [],
  )
  return { length: list.length, changed }
}

/** Null where a place would stay empty. */
function applyToList<T>(known: readonly T[], { length, changed }: ListChange<T>): T[] | null {
  const list = known.slice(0, length)
  for (const { at, value } of changed) {
    if (at > list.length) return null
    list[at] = value
  }
  return list.length === length ? list : null
}

function joinLists<T>(earlier: ListChange<T>, later: ListChange<T>): ListChange<T> {
  const byPlace = new Map([...earlier.changed, ...later.changed].map(({ at, value }) => [at, value] as const))
  const changed = [...byPlace]
    .map(([at, value]) => ({ at, value }))
    .filter(({ at }) => at < later.length)
    .sort((a, b) => a.at - b.at)
  return { length: later.length, changed }
}
