import { Switch as Radix } from 'radix-ui'
import { type ReactNode, useId } from 'react'
import styles from './Switch.module.css'

/** One decision, with what it means under its name. It takes effect at once. */
export function Switch({
  label,
  children,
  isOn,
  isDisabled = false,
  onChange,
}: {
  label: string
  children?: ReactNode
  isOn: boolean
  isDisabled?: boolean
  onChange(isOn: boolean): void
}) {
  const id = useId()
  return (
    <div className={styles.row}>
      <div>
        <label htmlFor={id}>{label}</label>
        {children && <p id={`${id}-text`}>{children}</p>}
      </div>
      <Radix.Root
        id={id}
        className={styles.track}
        checked={isOn}
        disabled={isDisabled}
        onCheckedChange={onChange}
        aria-describedby={children ? `${id}-text` : undefined}
      >
        <Radix.Thumb className={styles.thumb} />
      </Radix.Root>
    </div>
  )
}
