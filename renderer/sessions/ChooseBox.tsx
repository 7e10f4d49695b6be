import { Check } from 'lucide-react'
import { memo } from 'react'
import type { Session } from '../../contract/domain/session.ts'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './ChooseBox.module.css'

interface ChooseBoxProps {
  session: Session
  isSelected: boolean
  onSelect(id: string, upTo: boolean): void
}

/** Takes the place of the mark of a row that is pointed at, and of every row while some are chosen. The keyboard has a key for it. */
export const ChooseBox = memo(function ChooseBox({ session, isSelected, onSelect }: ChooseBoxProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: the keys of the list are silent in an input
    <button
      type="button"
      role="checkbox"
      className={styles.choose}
      tabIndex={-1}
      aria-checked={isSelected}
      aria-keyshortcuts="x"
      aria-label={`Select ${revealControls(session.title) || 'Untitled'}`}
      onClick={(event) => onSelect(session.id, event.shiftKey)}
    >
      <span className={styles.box}>{isSelected && <Check aria-hidden />}</span>
    </button>
  )
})
