import { Output } from '../ui/Code.tsx'
import { Twist } from './Fold.tsx'
import { useFold } from './foldState.ts'
import styles from './Items.module.css'

const shortLines = 8
/** A browser gets slow past this; the archive has it all. */
const longestText = 400_000

/** Output folded to a few lines: the first ones, or the last ones where it failed, as that is where the reason stands. */
export function ToolOutput({ output, showsEnd }: { output: string; showsEnd: boolean }) {
  const [isWhole, toggle] = useFold('output', false)
  const text = output.replace(/\s+$/, '')
  const lines = text.split('\n')
  const isLong = lines.length > shortLines + 2
  const few = showsEnd ? lines.slice(-shortLines) : lines.slice(0, shortLines)
  const shown = isWhole || !isLong ? text : few.join('\n')
  const cut = shown.length > longestText ? (showsEnd ? shown.slice(-longestText) : shown.slice(0, longestText)) : shown
  return (
    <div className={styles.part}>
      {!isWhole && isLong && showsEnd && <More count={lines.length} isWhole={false} onClick={toggle} />}
      <div data-piece="output">
        <Output text={cut} isTall={isWhole && isLong} />
      </div>
      {cut.length < shown.length && (
        <p className={styles.note}>
          Only a part is shown: the whole is {shown.length.toLocaleString('en')} characters long.
        </p>
      )}
      {isLong && (isWhole || !showsEnd) && <More count={lines.length} isWhole={isWhole} onClick={toggle} />}
    </div>
  )
}

function More({ count, isWhole, onClick }: { count: number; isWhole: boolean; onClick(): void }) {
  return (
    <button type="button" className={styles.more} aria-expanded={isWhole} onClick={onClick}>
      <Twist />
      {isWhole ? 'Show fewer lines' : `Show all ${count.toLocaleString('en')} lines`}
    </button>
  )
}

export function countLines(output: string): number {
  const text = output.trimEnd()
  return text === '' ? 0 : text.split('\n').length
}
