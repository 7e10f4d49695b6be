import { ToggleGroup } from 'radix-ui'
import styles from './Choice.module.css'
import { Tip } from './Controls.tsx'

/** One of a few, all of which can be seen. */
export function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: T
  options: readonly (readonly [T, string])[]
  onChange(value: T): void
}) {
  return (
    <ToggleGroup.Root
      type="single"
      className={styles.choices}
      aria-label={label}
      value={value}
      // An empty value is a second click on what is chosen, which changes nothing.
      onValueChange={(chosen) => chosen !== '' && onChange(chosen as T)}
    >
      {options.map(([each, name]) => (
        <Tip key={each} label={`${label}: ${name}`}>
          <ToggleGroup.Item value={each}>{name}</ToggleGroup.Item>
        </Tip>
      ))}
    </ToggleGroup.Root>
  )
}
