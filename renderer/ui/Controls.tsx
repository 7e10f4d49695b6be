import { type LucideIcon, Square } from 'lucide-react'
import { Tooltip } from 'radix-ui'
import {
  type ComponentProps,
  cloneElement,
  type FocusEvent,
  type ReactElement,
  type ReactNode,
  type SyntheticEvent,
  useRef,
  useState,
} from 'react'
import { Borrowed, type TriggerProps } from './Borrowed.tsx'
import styles from './Controls.module.css'
import { noteTipClosed } from './closedTips.ts'
import { floatingHome } from './floatingHome.ts'

const isMac = /Mac|iPhone|iPad/.test(navigator.platform)

/** `mod+k`, or `g l` for one after the other, as the reader's keyboard names it. */
export function nameKeys(keys: string): string {
  return keys.replace('mod+', isMac ? '⌘' : 'Ctrl ').replace(/(?<=^| )[a-z](?= |$)/g, (key) => key.toUpperCase())
}

export function Keys({ keys }: { keys: string }) {
  return <kbd className={styles.kbd}>{nameKeys(keys)}</kbd>
}

const tipEvents = ['onPointerMove', 'onPointerLeave', 'onPointerDown', 'onFocus', 'onBlur', 'onClick'] as const
/** Those after which it may be shown, or must not be. */
const firstTipEvents: ReadonlySet<string> = new Set(['onPointerMove', 'onPointerDown', 'onFocus'])

/**
 * A control's name on hover and focus, with its shortcut. There are hundreds on a page and few are ever looked at, so that each
 * is made when its control is first pointed at.
 */
export function Tip({
  label,
  keys,
  children,
  side = 'bottom',
}: {
  label: ReactNode
  keys?: string
  children: ReactElement<TriggerProps>
  side?: 'bottom' | 'top' | 'right' | 'left'
}) {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const handlers = useRef<TriggerProps | null>(null)
  /** What happened to the control before its tip was there. */
  const missed = useRef<(() => void)[]>([])
  const given = children.props
  const events = tipEvents.map((name) => {
    const handle = (event: never) => {
      given[name]?.(event)
      const { currentTarget } = event as SyntheticEvent<HTMLElement>
      if (name === 'onFocus' && !isMovedTo(event)) return
      const pass = () => handlers.current?.[name]?.(event)
      if (element === currentTarget && handlers.current) return pass()
      if (missed.current.length === 0 && !firstTipEvents.has(name)) return
      missed.current.push(pass)
      setElement(currentTarget)
    }
    return [name, handle]
  })
  return (
    <>
      {cloneElement(children, Object.fromEntries(events))}
      {element && (
        <Tooltip.Root>
          <Tooltip.Trigger asChild aria-describedby={given['aria-describedby']}>
            <Borrowed
              element={element}
              handlers={handlers}
              onReady={() => {
                for (const pass of missed.current.splice(0)) pass()
              }}
            />
          </Tooltip.Trigger>
          <Tooltip.Portal container={floatingHome()}>
            <Tooltip.Content
              onEscapeKeyDown={noteTipClosed}
              className={styles.tooltip}
              side={side}
              sideOffset={6}
              collisionPadding={8}
            >
              {label}
              {keys && <Keys keys={keys} />}
            </Tooltip.Content>
          </Tooltip.Portal>
        </Tooltip.Root>
      )}
    </>
  )
}

/** By keys, from another control. When the focus comes back as what floated has closed, nobody asked for the tip. */
function isMovedTo({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>): boolean {
  return relatedTarget !== null && currentTarget.matches(':focus-visible')
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
  /** It loses its text sooner than others: what stands beside it is worth more. */
  givesWay?: boolean
}

export function IconButton({ label, keys, icon: Icon = Square, text, givesWay, className, ...rest }: IconButtonProps) {
  const look = text === undefined ? styles.iconButton : `${styles.button} ${styles.roomy}`
  return (
    <Tip label={label} keys={keys}>
      <button
        type="button"
        aria-label={label}
        className={`${look} ${className ?? ''}`}
        data-gives-way={givesWay || undefined}
        {...rest}
      >
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
