import { type FormEvent, useEffect, useState } from 'react'
import { Button } from '../ui/Controls.tsx'
import styles from './Settings.module.css'

/** A text that is taken when its user says so, by Enter or the button, and can be given up for the default. */
export function TextSetting({
  id,
  value,
  placeholder,
  isInvalid = false,
  isFixed = false,
  onSave,
}: {
  id: string
  value: string | null
  placeholder: string
  isInvalid?: boolean
  /** It is decided elsewhere, and shown. */
  isFixed?: boolean
  onSave(value: string | null): void
}) {
  const [typed, setTyped] = useState(value ?? '')
  useEffect(() => setTyped(value ?? ''), [value])
  const wanted = typed.trim() === '' ? null : typed.trim()
  const isChanged = wanted !== value
  function submit(event: FormEvent) {
    event.preventDefault()
    if (isChanged) onSave(wanted)
  }
  return (
    <form className={styles.control} onSubmit={submit} autoComplete="off">
      <input
        id={id}
        className={styles.path}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        placeholder={placeholder}
        aria-invalid={isInvalid || undefined}
        readOnly={isFixed}
        maxLength={4000}
        spellCheck={false}
        autoCapitalize="off"
      />
      {isChanged ? (
        <Button type="submit" tone="primary">
          Save
        </Button>
      ) : (
        value !== null && !isFixed && <Button onClick={() => onSave(null)}>Use the default</Button>
      )}
    </form>
  )
}
