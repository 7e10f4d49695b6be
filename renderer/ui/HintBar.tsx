import { Keys } from './Controls.tsx'
import styles from './HintBar.module.css'

/** Keys that do something where the reader is, and what; false where they would do nothing just now. */
export type Hint = [keys: string[], does: string] | false

/** The line of keys under a pane. Where there is no room for all of them, the last ones are left out. */
export function HintBar({ hints }: { hints: Hint[] }) {
  return (
    <footer className={styles.bar} data-hints>
      {hints.map(
        (hint) =>
          hint && (
            <span key={hint[1]}>
              {hint[0].map((key) => (
                <Keys key={key} keys={key} />
              ))}{' '}
              {hint[1]}
            </span>
          ),
      )}
    </footer>
  )
}

/** What works on every page. */
export const hintsEverywhere: Hint[] = [
  [['mod+k'], 'search'],
  [['c'], 'new session'],
  [['?'], 'all keys'],
  [['g'], 'go to'],
]
