import { Check, CircleX, Copy, type LucideIcon, TriangleAlert, X } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { IconButton } from './Controls.tsx'
import styles from './Notices.module.css'
import { revealControls } from './untrustedText.ts'
import { withCode } from './withCode.ts'

/** What went wrong, where it went wrong: what happened, why, and what to do. */
export function Problem({
  title,
  children,
  actions,
  onDismiss,
  tone = 'fail',
}: {
  title: string
  children?: ReactNode
  actions?: ReactNode
  /** For one that stands over what is read: it is as low as its words allow, and can be taken away. */
  onDismiss?(): void
  tone?: 'fail' | 'warn'
}) {
  return (
    <div className={styles.problem} data-tone={tone} data-banner={onDismiss !== undefined || undefined} role="alert">
      {tone === 'fail' ? <CircleX aria-hidden /> : <TriangleAlert aria-hidden />}
      <div className={styles.body}>
        <div>
          <b>{revealText(title)}</b>
          {children && (
            <div className={styles.text}>
              {typeof children === 'string' ? withCode(revealControls(children)) : children}
            </div>
          )}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {onDismiss && <IconButton label="Dismiss" icon={X} onClick={onDismiss} />}
    </div>
  )
}

/** What went wrong is often told with the words of whoever failed. */
function revealText(children: ReactNode): ReactNode {
  return typeof children === 'string' ? revealControls(children) : children
}

/** Says what is missing, why, and the one next step. */
export function Empty({
  icon: Icon,
  title,
  children,
  action,
  command,
  heading: Heading = 'h2',
}: {
  icon: LucideIcon
  title: string
  children?: ReactNode
  /** The button that does it. */
  action?: ReactNode
  command?: string
  /** `h1` where it stands for the whole page. */
  heading?: 'h1' | 'h2'
}) {
  return (
    <div className={styles.empty}>
      <Icon aria-hidden />
      <Heading>{revealText(title)}</Heading>
      {children && <p>{revealText(children)}</p>}
      {action}
      {command && <Command command={command} />}
    </div>
  )
}

function Command({ command }: { command: string }) {
  const { isCopied, copy } = useCopy()
  return (
    <div className={styles.command}>
      <code>
        <span aria-hidden>$ </span>
        {command}
      </code>
      <IconButton
        label={isCopied ? 'Copied' : `Copy “${command}”`}
        icon={isCopied ? Check : Copy}
        onClick={() => copy(command)}
      />
    </div>
  )
}

/** Copies, and says so for a moment. */
export function useCopy(): { isCopied: boolean; copy(text: string): void } {
  const [copiedAt, setCopiedAt] = useState(0)
  useEffect(() => {
    if (copiedAt === 0) return
    const timer = setTimeout(() => setCopiedAt(0), 1_500)
    return () => clearTimeout(timer)
  }, [copiedAt])
  return {
    isCopied: copiedAt > 0,
    copy: (text) => void copyText(text).then((isDone) => isDone && setCopiedAt(Date.now())),
  }
}

/** False where the browser keeps the clipboard closed, as on a page without focus. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
