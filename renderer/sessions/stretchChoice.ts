interface Choice {
  chosen: ReadonlySet<string>
  /** Where a range begins. */
  anchor: string | null
}

/** What is come to is chosen too, and on the way back to where the range begins what is left is not any more. */
export function stretchChoice(
  { chosen, anchor }: Choice,
  { order, from, to }: { order: string[]; from: string; to: string },
): Choice {
  // What is not in the list any more is the begin of nothing there.
  const begin = anchor !== null && chosen.has(anchor) && order.includes(anchor) ? anchor : from
  const distance = (id: string) => Math.abs(order.indexOf(id) - order.indexOf(begin))
  const next = new Set(chosen)
  if (distance(to) < distance(from)) next.delete(from)
  else next.add(from)
  return { chosen: next.add(to), anchor: begin }
}
