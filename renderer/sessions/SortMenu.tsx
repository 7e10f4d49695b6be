import { ArrowDownWideNarrow, Check } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { SessionSort } from '../../contract/domain/sessionQuery.ts'
import controls from '../ui/Controls.module.css'
import { Hidden, Tip } from '../ui/Controls.tsx'
import { floatingHome } from '../ui/floatingHome.ts'
import { leaveFocus } from '../ui/focusReturn.ts'
import styles from './FilterBar.module.css'

const sorts: [sort: SessionSort, label: string][] = [
  ['updated', 'Last active'],
  ['started', 'Last begun'],
  ['tokens', 'Most tokens'],
  ['duration', 'Longest'],
  ['cost', 'Most expensive'],
]

export function SortMenu({ sort, onSort }: { sort: SessionSort; onSort(sort: SessionSort): void }) {
  const label = sorts.find(([each]) => each === sort)?.[1] ?? ''
  return (
    <DropdownMenu.Root modal={false}>
      <Tip label={`Order: ${label.toLowerCase()} first`}>
        <DropdownMenu.Trigger
          className={`${controls.iconButton} ${styles.sort}`}
          aria-label={`Order: ${label.toLowerCase()} first`}
          data-on={sort !== 'updated' || undefined}
        >
          <ArrowDownWideNarrow aria-hidden />
        </DropdownMenu.Trigger>
      </Tip>
      <DropdownMenu.Portal container={floatingHome()}>
        <DropdownMenu.Content
          className={`${controls.menu} ${styles.sortMenu}`}
          align="end"
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={leaveFocus}
        >
          <DropdownMenu.RadioGroup value={sort} onValueChange={(value) => onSort(value as SessionSort)}>
            {sorts.map(([value, text]) => (
              <DropdownMenu.RadioItem key={value} value={value} className={controls.menuItem}>
                <span className={styles.check}>{sort === value && <Check aria-hidden />}</span>
                {text}
                <Hidden> first</Hidden>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
