import { useId, useState } from 'react'
import type { SavedSearch } from '../../contract/domain/search.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { Button } from '../ui/Controls.tsx'
import { DialogBox } from '../ui/Dialog.tsx'
import form from '../ui/Form.module.css'
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

const noSearches: SavedSearch[] = []

function NameForm({ query, name, onClose }: Omit<SaveSearchDialogProps, 'isOpen'>) {
  const id = useId()
  const client = useClient()
  const [typed, setTyped] = useState(name ?? '')
  const [problem, setProblem] = useState<string | null>(null)
  const wanted = typed.trim()
  const saved = useAppState(({ settings }) => settings?.value.savedSearches ?? noSearches)
  const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
  const replaced = name === undefined ? saved.find((search) => isSame(search.name, wanted)) : undefined
  const already = name === undefined ? saved.find((search) => search.query === query.trim()) : undefined

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
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (wanted !== '') void save()
      }}
    >
      <code className={styles.query} dir="auto">
        {revealControls(query)}
      </code>
      <label htmlFor={id} className={form.label}>
        Name
      </label>
      <input
        id={id}
        className={`${form.field} ${styles.name}`}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setProblem(null)
        }}
        maxLength={60}
        autoComplete="off"
        aria-invalid={problem !== null}
      />
      <p className={form.hint} role="status">
        {replaced && replaced.query !== query.trim()
          ? `“${revealControls(replaced.name)}” is there already, for ${revealControls(replaced.query)}. It would be replaced.`
          : already && `It is saved already, as “${revealControls(already.name)}”.`}
      </p>
      {problem !== null && (
        <p className={form.wrong} role="alert">
          {revealControls(problem)}
        </p>
      )}
      <div className={form.actions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" tone="primary" disabled={wanted === ''}>
          {name !== undefined ? 'Rename' : replaced ? 'Replace' : 'Save'}
        </Button>
      </div>
    </form>
  )
}
