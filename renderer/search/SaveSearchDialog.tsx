import { useState } from 'react'
import { useClient } from '../client/ClientProvider.tsx'
import { Button } from '../ui/Controls.tsx'
import { DialogBox } from '../ui/Dialog.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './SaveSearchDialog.module.css'

interface SaveSearchDialogProps {
  query: string
  /** The name that it has already. */
  name?: string
  isOpen: boolean
  onClose(): void
}

/** Asks for the name under which a query is kept, or for another one. */
export function SaveSearchDialog({ query, name, isOpen, onClose }: SaveSearchDialogProps) {
  return (
    <DialogBox isOpen={isOpen} onClose={onClose} title={name === undefined ? 'Save this search' : 'Rename this search'}>
      <NameForm query={query} name={name} onClose={onClose} />
    </DialogBox>
  )
}

function NameForm({ query, name, onClose }: Omit<SaveSearchDialogProps, 'isOpen'>) {
  const client = useClient()
  const [typed, setTyped] = useState(name ?? '')
  const [problem, setProblem] = useState<string | null>(null)
  const wanted = typed.trim()

  async function save() {
    const reply =
      name === undefined
        ? await client.call('search/save', { search: { name: wanted, query: query.trim() } })
        : await client.call('search/rename', { name, newName: wanted })
    if (reply.ok) onClose()
    else setProblem(reply.error.message)
  }

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (wanted !== '') void save()
      }}
    >
      <code className={styles.query} dir="auto">
        {revealControls(query)}
      </code>
      <label className={styles.field}>
        Name
        <input
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          maxLength={60}
          autoComplete="off"
          aria-invalid={problem !== null}
        />
      </label>
      {problem !== null && (
        <p className={styles.problem} role="alert">
          {revealControls(problem)}
        </p>
      )}
      <div className={styles.actions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" tone="primary" disabled={wanted === ''}>
          {name === undefined ? 'Save' : 'Rename'}
        </Button>
      </div>
    </form>
  )
}
