import { Button, Keys, Tip } from './Controls.tsx'
import styles from './NumbersButton.module.css'

/** Shows the numbers in place of what draws them, and the drawing again. */
export function NumbersButton({
  isTable,
  onTable,
  className,
}: {
  isTable: boolean
  onTable(isTable: boolean): void
  className?: string
}) {
  return (
    <Tip label="Charts or numbers" keys="t">
      <Button
        className={`${styles.numbers} ${className ?? ''}`}
        onClick={() => onTable(!isTable)}
        aria-pressed={isTable}
        data-swaps
      >
        Numbers <Keys keys="t" />
      </Button>
    </Tip>
  )
}
