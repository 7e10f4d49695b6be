import { useCallback, useMemo, useRef, useState } from 'react'
import type { Session } from '../../contract/domain/session.ts'
import { stretchChoice } from './stretchChoice.ts'

/** Which of the listed sessions are chosen. What leaves the list is no longer chosen. */
export function useSelection(ordered: Session[]) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  /** Where a range begins: what was chosen last. */
  const anchor = useRef<string | null>(null)
  const latest = useRef(ordered)
  latest.current = ordered
  const sessions = useMemo(() => ordered.filter(({ id }) => chosen.has(id)), [ordered, chosen])
  const ids = useMemo(() => sessions.map(({ id }) => id), [sessions])

  const toggle = useCallback((id: string) => {
    anchor.current = id
    setChosen((known) => {
      const next = new Set(known)
      if (!next.delete(id)) next.add(id)
      return next
    })
  }, [])

  const point = useCallback(
    (id: string, upTo: boolean) => {
      const order = latest.current.map((session) => session.id)
      const [from, to] = [order.indexOf(anchor.current ?? ''), order.indexOf(id)]
      if (!upTo || from === -1) return toggle(id)
      const range = order.slice(Math.min(from, to), Math.max(from, to) + 1)
      setChosen((known) => new Set([...known, ...range]))
    },
    [toggle],
  )

  /** With Shift and an arrow. */
  const stretch = useCallback((from: string, to: string) => {
    const order = latest.current.map((session) => session.id)
    setChosen((known) => {
      const next = stretchChoice({ chosen: known, anchor: anchor.current }, { order, from, to })
      anchor.current = next.anchor
      return next.chosen
    })
  }, [])

  const clear = useCallback(() => setChosen(new Set()), [])

  return { ids, sessions, has: (id: string) => chosen.has(id), toggle, point, stretch, clear }
}
