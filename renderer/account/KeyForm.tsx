import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Button } from '../ui/Controls.tsx'
import form from '../ui/Form.module.css'
import { Problem } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { ActionButton } from './parts.tsx'

/** Takes an API key without showing it. It is forgotten as soon as it is handed on. */
export function KeyForm({
  label,
  save,
  isBusy,
  problem,
  onSave,
  onCancel,
  takesFocus,
  children,
}: {
  label: string
  /** What the button that hands it on says. */
  save: string
  isBusy: boolean
  problem: string | null
  onSave(key: string): Promise<boolean>
  onCancel?(): void
  takesFocus?: boolean
  children?: ReactNode
}) {
  const id = useId()
  const [key, setKey] = useState('')
  const [isMissing, setIsMissing] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (takesFocus) field.current?.focus()
  }, [takesFocus])

  async function submit(event: FormEvent) {
    event.preventDefault()
    const given = key.trim()
    setIsMissing(given === '')
    if (given === '') field.current?.focus()
    else if (!isBusy && (await onSave(given))) setKey('')
  }

  return (
    <form className={form.form} onSubmit={(event) => void submit(event)} autoComplete="off">
      <label htmlFor={id} className={form.label}>
        {label}
      </label>
      <input
        ref={field}
        id={id}
        type="password"
        className={form.field}
        value={key}
        onChange={(event) => {
          setKey(event.target.value)
          setIsMissing(false)
        }}
        placeholder="sk-…"
        maxLength={1000}
        autoComplete="off"
        spellCheck={false}
        data-1p-ignore
        data-lpignore="true"
        aria-invalid={isMissing || undefined}
        aria-describedby={isMissing ? `${id}-missing` : undefined}
      />
      {isMissing && (
        <p id={`${id}-missing`} className={form.wrong} role="alert">
          Paste the key first. They are made at platform.openai.com.
        </p>
      )}
      {children}
      {problem !== null && <Problem title="The key was not taken">{revealControls(problem)}</Problem>}
      <div className={form.actions}>
        {onCancel && <Button onClick={onCancel}>Cancel</Button>}
        <ActionButton type="submit" tone="primary" isBusy={isBusy}>
          {save}
        </ActionButton>
      </div>
    </form>
  )
}
