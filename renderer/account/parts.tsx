import { Check, Copy, LoaderCircle, type LucideIcon } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { Button, IconButton } from '../ui/Controls.tsx'
import { formatExact } from '../ui/formatting.ts'
import { useCopy } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import type { Fact } from './describeAccount.ts'
import styles from './parts.module.css'

/** A button that keeps its label and its focus while its work runs; a ring appears when that takes long. */
export function ActionButton({
  isBusy,
  onClick,
  icon: Icon,
  children,
  ...rest
}: Omit<ComponentProps<typeof Button>, 'onClick'> & { isBusy: boolean; onClick?(): void; icon?: LucideIcon }) {
  return (
    <Button aria-busy={isBusy} onClick={() => !isBusy && onClick?.()} {...rest}>
      {isBusy ? <LoaderCircle aria-hidden className={styles.ring} /> : Icon && <Icon aria-hidden />}
      {children}
    </Button>
  )
}

/** A command or an address, with a button that copies it. */
export function CopyLine({ text, isCommand }: { text: string; isCommand?: boolean }) {
  const { isCopied, copy } = useCopy()
  return (
    <div className={styles.copyLine}>
      <code>
        {isCommand && <span aria-hidden>$ </span>}
        {revealControls(text)}
      </code>
      <IconButton
        label={isCopied ? 'Copied' : isCommand ? nameCommand(text) : 'Copy the address'}
        icon={isCopied ? Check : Copy}
        onClick={() => copy(text)}
      />
    </div>
  )
}

function nameCommand(command: string): string {
  return command.length > 60 ? 'Copy the command' : `Copy “${revealControls(command)}”`
}

export function Tag({ tone, icon: Icon, children }: { tone: TagTone; icon?: LucideIcon; children: ReactNode }) {
  return (
    <span className={styles.tag} data-tone={tone}>
      {Icon && <Icon aria-hidden />}
      {children}
    </span>
  )
}
export type TagTone = 'ok' | 'warn' | 'fail' | 'accent'

export function FactText({ fact }: { fact: Fact }) {
  return (
    <span data-tone={fact.tone} className={styles.fact} title={fact.at === null ? undefined : formatExact(fact.at)}>
      {fact.text}
    </span>
  )
}

export function Block({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.block}>
      <h2 className={styles.blockTitle}>
        {title}
        {aside && <span>{aside}</span>}
      </h2>
      {children}
    </section>
  )
}
