import { type LucideIcon, Square } from 'lucide-react'
import { Tooltip } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import styles from './Controls.module.css'

const isMac = /Mac|iPhone|iPad/.test(navigator.platform)

/** `mod+k` as the reader's keyboard names it. */
export function nameKeys(keys: string): string {
  return keys
    .replace('mod+', isMac ? '⌘' : 'Ctrl ')
    .replace(/(^| )([a-z])$/, (_all, space, key) => space + key.toUpperCase())
}

export function Keys({ keys }: { keys: string }) {
  return <kbd className={styles.kbd}>{nameKeys(keys)}</kbd>
}

/** A control's name on hover and focus, with its shortcut. */
export function Tip({
  label,
  keys,
  children,
  side = 'bottom',
}: {
  label: ReactNode
  keys?: string
  children: ReactNode
  side?: 'bottom' | 'top' | 'right' | 'left'
}) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className={styles.tooltip} side={side} sideOffset={6} collisionPadding={8}>
          {label}
          {keys && <Keys keys={keys} />}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}

type ButtonProps = ComponentProps<'button'> & { tone?: 'primary' | 'plain' | 'danger' }

export function Button({ tone, className, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} data-tone={tone} className={`${styles.button} ${className ?? ''}`} {...rest} />
}

type IconButtonProps = ComponentProps<'button'> & {
  label: string
  keys?: string
  icon?: LucideIcon
  /** Shown beside the icon where the pane has room for it. The label begins with it, for those who speak to the page. */
  text?: string
}

export function IconButton({ label, keys, icon: Icon = Square, text, className, ...rest }: IconButtonProps) {
  const look = text === undefined ? styles.iconButton : `${styles.button} ${styles.roomy}`
  return (
    <Tip label={label} keys={keys}>
      <button type="button" aria-label={label} className={`${look} ${className ?? ''}`} {...rest}>
        <Icon aria-hidden />
        {text !== undefined && <span>{text}</span>}
      </button>
    </Tip>
  )
}

export function LiveDot() {
  return <span className={styles.liveDot} aria-hidden />
}

/** Read aloud, not shown. */
export function Hidden({ children }: { children: ReactNode }) {
  return <span className={styles.hidden}>{children}</span>
}
