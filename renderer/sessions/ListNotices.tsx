import { readSearch } from '../../contract/domain/searchLanguage.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { Button } from '../ui/Controls.tsx'
import { Problem } from '../ui/Notices.tsx'
import { LeaveOutButton } from './LeaveOutButton.tsx'
import styles from './SessionList.module.css'

export interface ListProblem {
  title: string
  message: string
}

/** What went wrong with the list, and what to do about it. `problem`: with what was done to some of it. */
export function ListNotices({
  now,
  problem,
  onDismiss,
}: {
  now: number
  problem: ListProblem | null
  onDismiss(): void
}) {
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
      {problem !== null && (
        <div className={styles.notice}>
          <Problem title={problem.title} onDismiss={onDismiss}>
            {problem.message}
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
