import { Hourglass } from 'lucide-react'
import { useMemo } from 'react'
import { useAppState } from '../client/ClientProvider.tsx'
import { countStates, describeCounts } from '../live/openCallState.ts'
import { Hidden, LiveDot } from '../ui/Controls.tsx'
import { useNow } from '../ui/clock.ts'
import styles from './Sidebar.module.css'

/** How many sessions are live, and whether one of them may be waiting for its user. */
export function LiveCount() {
  const sessions = useAppState((state) => state.sessions)
  const live = useMemo(() => Object.values(sessions).filter(({ status }) => status === 'live'), [sessions])
  const now = useNow(live.some(({ openCall }) => openCall))
  if (live.length === 0) return null
  const counts = countStates(live, now)
  const words = describeCounts(counts).join(', ')
  return (
    <span className={styles.count} data-live title={words}>
      {counts.mayWait + counts.silent > 0 ? <Hourglass aria-hidden /> : <LiveDot />}
      <span aria-hidden>{live.length}</span>
      <Hidden> {words}</Hidden>
    </span>
  )
}
