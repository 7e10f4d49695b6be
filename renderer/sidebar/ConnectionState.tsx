import { Unplug } from 'lucide-react'
import { useAppState } from '../client/ClientProvider.tsx'
import styles from './Sidebar.module.css'

/** Quiet while all is well: only a line that is down says so. */
export function ConnectionState() {
  const isDown = useAppState(({ connection }) => connection === 'reconnecting')
  return (
    <div role="status">
      {isDown && (
        <div className={styles.foot} data-tone="warn">
          <Unplug aria-hidden />
          <span className={styles.label}>Reconnecting…</span>
        </div>
      )}
    </div>
  )
}
