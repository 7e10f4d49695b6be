import { EyeOff } from 'lucide-react'
import { useAppState } from '../client/ClientProvider.tsx'
import { Tip } from '../ui/Controls.tsx'
import { formatCount } from '../ui/formatting.ts'
import styles from './PrivateSessions.module.css'

/** Shown while sessions run that nobody will find here later. */
export function PrivateSessions() {
  const count = useAppState(({ launches }) => launches?.privateCount ?? 0)
  return (
    <div role="status">
      {count > 0 && (
        <Tip label="Not recorded: forwarded, and nothing of it is kept" side="right">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what it means is in its tooltip */}
          <span className={styles.private} tabIndex={0}>
            <EyeOff aria-hidden />
            <span className={styles.words}>{formatCount(count, 'private session')}</span>
          </span>
        </Tip>
      )}
    </div>
  )
}
