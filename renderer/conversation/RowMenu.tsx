import { Copy, Ellipsis, Link } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { memo, useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { Borrowed, type TriggerProps } from '../ui/Borrowed.tsx'
import controls from '../ui/Controls.module.css'
import { Keys, Tip } from '../ui/Controls.tsx'
import { floatingHome } from '../ui/floatingHome.ts'
import { giveFocus } from '../ui/focusReturn.ts'
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
  const id = useId()
  const [isOpen, setIsOpen] = useState(false)
  // Few of them are ever opened: the menu comes with the first press or key.
  const [button, setButton] = useState<HTMLElement | null>(null)
  const handlers = useRef<TriggerProps | null>(null)
  const make = (from: HTMLElement) => {
    if (button === from) return false
    flushSync(() => setButton(from))
    return true
  }
  return (
    <>
      <Tip label={`Actions for this ${noun}`} keys="m" side="left">
        <button
          type="button"
          id={id}
          className={styles.menu}
          // The end of a turn is no item that the keys step to.
          tabIndex={what === 'turn' ? 0 : -1}
          aria-label={`Actions for this ${noun}`}
          aria-haspopup="menu"
          aria-keyshortcuts="m"
          aria-expanded={isOpen}
          aria-controls={isOpen ? `${id}-menu` : undefined}
          data-state={isOpen ? 'open' : 'closed'}
          onPointerDown={(event) => {
            make(event.currentTarget)
            handlers.current?.onPointerDown?.(event)
          }}
          onKeyDown={(event) => {
            if (!make(event.currentTarget)) handlers.current?.onKeyDown?.(event)
            // The menu heeds which keys come once it is there: it is told again of the one that it came with.
            else if (!event.currentTarget.dispatchEvent(new KeyboardEvent('keydown', event.nativeEvent)))
              event.preventDefault()
          }}
        >
          <Ellipsis aria-hidden />
        </button>
      </Tip>
      {button && (
        <DropdownMenu.Root modal={false} open={isOpen} onOpenChange={setIsOpen}>
          <DropdownMenu.Trigger asChild>
            <Borrowed element={button} handlers={handlers} />
          </DropdownMenu.Trigger>
          <DropdownMenu.Portal container={floatingHome()}>
            <DropdownMenu.Content
              id={`${id}-menu`}
              aria-labelledby={id}
              className={controls.menu}
              align="end"
              sideOffset={4}
              collisionPadding={8}
              onCloseAutoFocus={(event) => {
                // To the row, whose keys are heard there.
                const row = button.closest('[data-key]')?.querySelector<HTMLElement>('[data-item]')
                giveFocus(event, row ?? button)
              }}
            >
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
      )}
    </>
  )
})
