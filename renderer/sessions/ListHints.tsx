import { Keys } from '../ui/Controls.tsx'
import styles from './SessionList.module.css'

/** The few keys that work here. */
export function ListHints() {
  return (
    <footer className={styles.hints}>
      <span>
        <Keys keys="j" />
        <Keys keys="k" /> session
      </span>
      <span>
        <Keys keys="f" /> filter
      </span>
      <span>
        <Keys keys="x" /> choose
      </span>
      <span>
        <Keys keys="?" /> keys
      </span>
    </footer>
  )
}
