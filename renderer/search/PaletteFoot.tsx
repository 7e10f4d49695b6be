import { Keys } from '../ui/Controls.tsx'
import type { Entry } from './paletteEntries.ts'
import styles from './SearchPalette.module.css'

/** Which keys do what just now; `entry` is the chosen one. */
export function PaletteFoot({ entry, completes }: { entry: Entry | undefined; completes: boolean }) {
  return (
    <div className={styles.foot}>
      <span>
        <Keys keys="↑" />
        <Keys keys="↓" /> move
      </span>
      {entry && (
        <span>
          <Keys keys="↵" /> {nameEnter(entry)}
        </span>
      )}
      {completes && (
        <span>
          <Keys keys="⇥" /> complete
        </span>
      )}
      <span>
        <Keys keys="Esc" /> close
      </span>
      <code className={styles.language}>"exact phrase" -not cwd: model: tool: status: after:</code>
    </div>
  )
}

function nameEnter(entry: Entry): string {
  switch (entry.target.type) {
    case 'hit':
      return 'open at the line'
    case 'complete':
      return 'complete'
    case 'more':
      return 'show more'
    case 'action':
    case 'save':
      return 'run'
    default:
      return 'open'
  }
}
