import { useAppState } from '../client/ClientProvider.tsx'
import { NoneFits, useSaysBeside } from './NoneFits.tsx'
import styles from './SessionList.module.css'

/** What stands where no row is: that they are being read, or why there is none. */
export function ListVoid() {
  const listing = useAppState((state) => state.listing)
  const narrowed = useAppState((state) => state.narrowed)
  const isSaidBeside = useSaysBeside()
  const { state } = narrowed ?? listing
  if (state === 'loading' || narrowed?.isPartial) return <Bones />
  if (state !== 'ready') return null
  if (narrowed) return isSaidBeside ? null : <NoneFits />
  return (
    <p className={styles.none} role="status">
      Nothing is recorded yet.
    </p>
  )
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
