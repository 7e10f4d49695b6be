import type { Turn } from '../../contract/domain/turn.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { Button } from '../ui/Controls.tsx'
import { unreadHeight } from './estimateHeight.ts'
import styles from './UnreadItems.module.css'

/** Holds the place of what a turn came to until that is read. */
export function UnreadItems({ turn, itemId }: { turn: Turn; itemId: string }) {
  const client = useClient()
  const problem = useAppState((state) => state.conversations[turn.sessionId]?.restProblem ?? null)
  return (
    <article
      className={styles.unread}
      style={{ height: unreadHeight }}
      data-item={itemId}
      tabIndex={-1}
      aria-busy={problem === null}
      aria-label="The rest of this turn"
    >
      {problem === null ? (
        [78, 64, 86, 40].map((width) => <i key={width} style={{ width: `${width}%` }} />)
      ) : (
        <p>
          This part could not be read: {problem}
          <Button onClick={() => void client.retryRest(turn.sessionId)}>Try again</Button>
        </p>
      )}
    </article>
  )
}
