import { revealControls } from '../ui/untrustedText.ts'
import styles from './parts.module.css'
import { CopyLine } from './parts.tsx'
import { splitInstructions } from './splitInstructions.ts'

/** What to do, in main's words: its commands each with a button that copies it. `title` stands above it. */
export function Instructions({ text, title }: { text: string; title: string }) {
  return (
    <div className={styles.instructions}>
      {splitInstructions(text, title).map((part) =>
        part.isCommand ? (
          <CopyLine key={part.text} text={part.text} isCommand />
        ) : (
          <p key={part.text} dir="auto">
            {revealControls(part.text)}
          </p>
        ),
      )}
    </div>
  )
}
