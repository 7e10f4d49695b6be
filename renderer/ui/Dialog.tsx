import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import styles from './Dialog.module.css'
import { returnFocus, useNotedFocus } from './focusReturn.ts'

/**
 * The scrim is ours: Radix's own overlay locks scrolling with a style element, which the page's policy forbids (and nothing
 * behind the scrim scrolls with the page, as the body never does).
 */
export function DialogLayer({ children }: { children: ReactNode }) {
  return (
    <Radix.Portal>
      <div className={styles.layer}>{children}</div>
    </Radix.Portal>
  )
}

/** What is only read, and is longer than the window, is scrolled by the keyboard first: its button is at its end. */
function focusText(event: Event) {
  const box = event.currentTarget
  if (!(box instanceof HTMLElement) || box.querySelector('input, textarea, select, [role="radio"]')) return
  const isTooLong = box.getBoundingClientRect().bottom > window.innerHeight
  if (!isTooLong) return
  event.preventDefault()
  box.focus({ preventScroll: true })
}

/** A question or a page of facts over the window. Escape and a click beside it close it. */
export function DialogBox({
  isOpen,
  onClose,
  title,
  text,
  size,
  children,
  actions,
}: {
  isOpen: boolean
  onClose(): void
  title: string
  text?: ReactNode
  size?: 'wide' | 'widest'
  children?: ReactNode
  actions?: ReactNode
}) {
  useNotedFocus(isOpen)
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <DialogLayer>
        <Radix.Content
          className={styles.box}
          data-size={size}
          onOpenAutoFocus={focusText}
          onCloseAutoFocus={returnFocus}
          {...(text ? {} : { 'aria-describedby': undefined })}
        >
          <Radix.Title className={styles.title}>{title}</Radix.Title>
          {text && (
            <Radix.Description asChild>
              <div className={styles.text}>{text}</div>
            </Radix.Description>
          )}
          {children && <div className={styles.body}>{children}</div>}
          {actions && <div className={styles.actions}>{actions}</div>}
        </Radix.Content>
      </DialogLayer>
    </Radix.Root>
  )
}
