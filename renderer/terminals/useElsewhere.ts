import { useEffect, useState } from 'react'
import type { GoingOn } from '../../contract/domain/terminal.ts'
import { replaceRoute, useRoute } from '../shell/route.ts'

type Way = GoingOn['type'] | null

/** Whether the session whose page this is asks for another folder, and for which way to go on: by a button, or by its address. */
export function useElsewhere(sessionId: string): [Way, (way: Way) => void] {
  const [way, setWay] = useState<Way>(null)
  const route = useRoute()
  const asked = route.page === 'session' && route.sessionId === sessionId ? route : null
  useEffect(() => {
    if (!asked?.elsewhere) return
    setWay(asked.elsewhere)
    const { elsewhere: _, ...rest } = asked
    // Asked once: neither Back nor a reload asks again.
    replaceRoute(rest)
  }, [asked])
  return [way, setWay]
}
