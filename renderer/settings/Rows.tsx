import { Switch as Radix } from 'radix-ui'
import { type ReactNode, useId } from 'react'
import { ActionButton } from '../account/parts.tsx'
import { Problem } from '../ui/Notices.tsx'
import switches from '../ui/Switch.module.css'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './Settings.module.css'
import type { Reading } from './useSettings.ts'

/** A part of the page; the list at its side leads here. */
export function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section id={id} className={styles.section} aria-labelledby={`${id}-title`} tabIndex={-1}>
      <h2 id={`${id}-title`}>{title}</h2>
      <div className={styles.rows}>{children}</div>
    </section>
  )
}

/** One decision: its name, what it means, and the control at the right, which `controlId` ties to the name. */
export function Row({
  name,
  text,
  controlId,
  problem,
  below,
  children,
}: {
  name: string
  text?: ReactNode
  controlId?: string
  /** Why it did not work. */
  problem?: string | null
  below?: ReactNode
  children?: ReactNode
}) {
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        {controlId ? <label htmlFor={controlId}>{name}</label> : <b>{name}</b>}
        {text && <p>{text}</p>}
      </div>
      {children && <div className={styles.control}>{children}</div>}
      {problem && (
        <p className={`${styles.below} ${styles.fail}`} role="alert">
          {revealControls(problem)}
        </p>
      )}
      {below && <div className={styles.below}>{below}</div>}
    </div>
  )
}

export function SwitchRow({
  name,
  text,
  isOn,
  problem,
  onChange,
}: {
  name: string
  text?: ReactNode
  isOn: boolean
  problem?: string | null
  onChange(isOn: boolean): void
}) {
  const id = useId()
  return (
    <Row name={name} text={text} controlId={id} problem={problem}>
      <Radix.Root id={id} className={switches.track} checked={isOn} onCheckedChange={onChange}>
        <Radix.Thumb className={switches.thumb} />
      </Radix.Root>
    </Row>
  )
}

/** In the place of what could not be read: what that is, why, and the way to ask again. */
export function UnreadRow({
  what,
  reading: { problem, isBusy, retry },
}: {
  what: string
  reading: Pick<Reading<unknown>, 'problem' | 'isBusy' | 'retry'>
}) {
  if (problem === null) return null
  return (
    <div className={styles.row}>
      <div className={styles.below}>
        <Problem
          title={what}
          actions={
            <ActionButton isBusy={isBusy} onClick={retry}>
              Try again
            </ActionButton>
          }
        >
          {revealControls(problem)}
        </Problem>
      </div>
    </div>
  )
}
