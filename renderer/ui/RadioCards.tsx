import { RadioGroup } from 'radix-ui'
import styles from './RadioCards.module.css'

/** One of a few, each with what it means. */
export function RadioCards<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: T
  options: readonly (readonly [value: T, name: string, meaning: string])[]
  onChange(value: NoInfer<T>): void
}) {
  return (
    <RadioGroup.Root
      className={styles.cards}
      value={value}
      onValueChange={(chosen) => onChange(chosen as T)}
      aria-label={label}
    >
      {options.map(([each, name, meaning]) => (
        <RadioGroup.Item key={each} value={each} className={styles.card}>
          <span className={styles.dot} aria-hidden />
          <b>{name}</b>
          <small>{meaning}</small>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
