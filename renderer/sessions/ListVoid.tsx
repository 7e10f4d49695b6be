import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { Button } from '../ui/Controls.tsx'
import { showView, starredQuery } from './listAddress.ts'
import styles from './SessionList.module.css'

/** What stands where no row is: that they are being read, or why there is none. */
export function ListVoid() {
  const listing = useAppState((state) => state.listing)
  const narrowed = useAppState((state) => state.narrowed)
  const query = useAppState(({ view }) => view.query)
  const { state } = narrowed ?? listing
  if (state === 'loading' || narrowed?.isPartial) return <Bones />
  if (state !== 'ready') return null
  if (narrowed) return <NoneFits query={query} />
  return (
    <p className={styles.none} role="status">
      Nothing is recorded yet.
    </p>
  )
}

function NoneFits({ query }: { query: string }) {
  const client = useClient()
  const isStarred = query === starredQuery
  return (
    <div className={styles.none} role="status">
      <p>
        {isStarred
          ? 'Nothing is starred yet. Press s in a session to keep it at hand: retention never takes it.'
          : 'No session fits these filters.'}
      </p>
      {!isStarred && (
        <Button
          onClick={() => {
            showView(client, { query: '', sort: 'updated' })
            focusFirstRow()
          }}
        >
          Show all sessions
        </Button>
      )}
    </div>
  )
}

/** Rows are drawn some frames after there are any. */
function focusFirstRow(framesLeft = 20) {
  requestAnimationFrame(() => {
    const row = document.querySelector<HTMLElement>('[data-rows] li[data-key] a')
    if (row) row.focus({ preventScroll: true })
    else if (framesLeft > 0) focusFirstRow(framesLeft - 1)
  })
}

function Bones() {
  return (
    <div role="status" aria-label="Sessions are being read">
      {[62, 80, 54, 70].map((width) => (
        <div key={width} className={styles.bones}>
          <span style={{ width: `${width}%` }} />
          <span style={{ width: `${width * 0.6}%` }} />
        </div>
      ))}
    </div>
  )
}
