import { Copy, Ellipsis, Link } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { memo } from 'react'
import controls from '../ui/Controls.module.css'
import { Keys } from '../ui/Controls.tsx'
import styles from './Rows.module.css'

/** What can be done with a row, beside it. By keyboard the letters in it do the same with the row that has the focus. */
export const RowMenu = memo(function RowMenu({
  rowKey,
  what,
  onCopyLink,
  onCopyText,
}: {
  rowKey: string
  what: 'item' | 'prompt' | 'turn'
  onCopyLink(key: string): void
  /** Of a row that has a text. */
  onCopyText?: (key: string) => void
}) {
  const noun = what === 'turn' ? 'turn' : 'item'
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={styles.menu} tabIndex={-1} aria-label={`Actions for this ${noun}`}>
        <Ellipsis aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={controls.menu} align="end" sideOffset={4} collisionPadding={8}>
          <DropdownMenu.Item className={controls.menuItem} onSelect={() => onCopyLink(rowKey)}>
            <Link aria-hidden />
            Copy link to this {noun}
            {what !== 'turn' && <Keys keys="y" />}
          </DropdownMenu.Item>
          {onCopyText && (
            <DropdownMenu.Item className={controls.menuItem} onSelect={() => onCopyText(rowKey)}>
              <Copy aria-hidden />
              {what === 'prompt' ? 'Copy as prompt' : 'Copy text'}
            </DropdownMenu.Item>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
})
