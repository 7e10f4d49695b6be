import { Tip } from '../ui/Controls.tsx'
import styles from './Parts.module.css'

/** One of a few, all of them in sight. */
export function Segments<T extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string
  options: readonly { value: T; label: string; hint?: string }[]
  value: T
  onChange(value: T): void
}) {
  return (
    <fieldset className={styles.segments}>
      <legend>{label}</legend>
      {options.map((option) => (
        <Tip key={option.value} label={option.hint ?? `${label}: ${option.label}`}>
          <button type="button" aria-pressed={option.value === value} onClick={() => onChange(option.value)}>
            {option.label}
          </button>
        </Tip>
      ))}
    </fieldset>
  )
}
