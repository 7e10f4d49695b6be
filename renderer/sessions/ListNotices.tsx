import { readSearch } from '../../contract/domain/searchLanguage.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { Button } from '../ui/Controls.tsx'
import { Problem } from '../ui/Notices.tsx'
import { LeaveOutButton } from './LeaveOutButton.tsx'
import styles from './SessionList.module.css'

/** What went wrong with the list, and what to do about it. `deletion`: why not all could be deleted. */
export function ListNotices({ now, deletion, onDismiss }: { now: number; deletion: string | null; onDismiss(): void }) {
  const client = useClient()
  const view = useAppState((state) => state.view)
  const whole = useAppState((state) => state.listing)
  const narrowed = useAppState((state) => state.narrowed)
  const listing = narrowed ?? whole
  const nonsense = readSearch(view.query, now).problems[0]?.message
  return (
    <>
      {nonsense !== undefined && (
        <div className={styles.notice}>
          <Problem title="This filter cannot be read" actions={<LeaveOutButton view={view} now={now} />}>
            {nonsense}
          </Problem>
        </div>
      )}
      {deletion !== null && (
        <div className={styles.notice}>
          <Problem title="Not all could be deleted" actions={<Button onClick={onDismiss}>Dismiss</Button>}>
            {deletion}
          </Problem>
        </div>
      )}
      {listing.state === 'failed' && nonsense === undefined && (
        <div className={styles.notice}>
          <Problem
            title="The sessions could not be read"
            actions={
              <Button onClick={() => void (narrowed ? client.setView({ ...view }) : client.retryListing())}>
                Try again
              </Button>
            }
          >
            {listing.message}
          </Problem>
        </div>
      )}
    </>
  )
}
