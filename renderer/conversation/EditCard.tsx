import { Columns2 } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { Tip } from '../ui/Controls.tsx'
import styles from './Diff.module.css'
import { hasTwoSides, SidesProvider, useDiffRoom, useSideBySide } from './diffView.ts'
import { Card } from './Fold.tsx'
import type { FileChange } from './patch.ts'

/** A card with what was changed. One button in its head is for all of its files: how to look at them is no matter of each. */
export function EditCard({ changes, ...card }: { changes: FileChange[] } & Omit<ComponentProps<typeof Card>, 'tool'>) {
  const [box, setBox] = useState<HTMLElement | null>(null)
  const room = useDiffRoom(box)
  const [isSideBySide, toggle] = useSideBySide(room)
  const hasSides = room !== 'none' && changes.some(hasTwoSides)
  return (
    <SidesProvider value={hasSides && isSideBySide}>
      <Card
        ref={setBox}
        {...card}
        tool={
          hasSides && (
            <Tip label={isSideBySide ? 'Show in one column' : 'Show side by side'} side="top">
              <button
                type="button"
                className={styles.sidesButton}
                aria-label="Side by side"
                aria-pressed={isSideBySide}
                onClick={toggle}
              >
                <Columns2 aria-hidden />
              </button>
            </Tip>
          )
        }
      />
    </SidesProvider>
  )
}
