import { ListFilter } from 'lucide-react'
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react'
import { readSearch, withPart } from '../../contract/domain/searchLanguage.ts'
import type { ListView } from '../client/state.ts'
import { useKnownValues } from '../search/useKnownValues.ts'
import { Keys } from '../ui/Controls.tsx'
import { formatCount, shortenPath } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './FilterBar.module.css'
import { type FilterChoice, listChoices } from './filterChoices.ts'
import { useFilterWished } from './filterKey.ts'
import { useFitting } from './useFitting.ts'

/** What is typed is completed to what there is, and what would be chosen tells how many sessions fit it. */
export function FilterField({
  now,
  view,
  onAdd,
  onTakeBack,
}: {
  now: number
  /** What is typed is added to this. */
  view: ListView
  onAdd(part: string): void
  /** Takes the last filter away, and gives it back as text. */
  onTakeBack(): string | null
}) {
  const [typed, setTyped] = useState('')
  const [isOpen, setIsOpen] = useState(false)
  const [selected, setSelected] = useState(0)
  const [isRefused, setIsRefused] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  const known = useKnownValues(isOpen)
  const choices = useMemo(() => (isOpen ? listChoices(typed, known) : []), [isOpen, typed, known])
  const current = Math.min(selected, choices.length - 1)
  const fitting = useFitting(wantedBy(choices[current], typed, view, now), view.sort)
  // What is being typed is wrong until it is there: it is said once somebody means it.
  const problem = isRefused && isOpen ? readSearch(typed, now).problems[0]?.message : undefined

  useFilterWished(field)

  function type(text: string) {
    setTyped(text)
    setSelected(0)
    setIsOpen(true)
    setIsRefused(false)
  }

  function add(text: string) {
    const part = text.trim()
    if (part === '') return
    if (readSearch(part, now).problems.length > 0) {
      setTyped(text)
      setIsRefused(true)
      setIsOpen(true)
      return
    }
    onAdd(part)
    type('')
    setIsOpen(false)
  }

  function choose(choice: FilterChoice | undefined) {
    if (!choice) return
    if (!choice.isWhole) type(choice.query ?? typed)
    else add(choice.query ?? typed)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const completion = choices[current]?.query ? choices[current] : choices.find(({ query }) => query !== null)
    if (step && !isOpen) setIsOpen(true)
    else if (step) setSelected((current + step + choices.length) % Math.max(1, choices.length))
    else if (event.key === 'Enter') {
      if (isOpen && choices[current]) choose(choices[current])
      else add(typed)
    } else if (event.key === 'Tab' && !event.shiftKey && isOpen && typed.trim() !== '' && completion) {
      type(completion.query ?? typed)
    } else if (event.key === 'Backspace' && typed === '') {
      const taken = onTakeBack()
      if (taken === null) return
      type(taken)
    } else if (event.key === 'Escape') {
      if (isOpen) setIsOpen(false)
      else {
        // What is not a filter must not look like one.
        setTyped('')
        leaveForList(field.current)
      }
      event.stopPropagation()
    } else return
    event.preventDefault()
  }

  return (
    <div className={styles.field}>
      <ListFilter aria-hidden />
      <input
        ref={field}
        value={typed}
        placeholder="Filter"
        role="combobox"
        aria-label="Filter the sessions"
        aria-keyshortcuts="f"
        aria-expanded={isOpen && choices.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && choices[current] ? `${id}-${current}` : undefined}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        autoComplete="off"
        spellCheck={false}
        maxLength={500}
        onChange={(event) => type(event.target.value)}
        onFocus={() => setIsOpen(true)}
        onClick={() => setIsOpen(true)}
        onBlur={() => setIsOpen(false)}
        onKeyDown={onKeyDown}
      />
      {typed === '' && !isOpen && <Keys keys="f" />}
      {problem !== undefined && (
        <p id={`${id}-problem`} className={styles.problem} role="alert">
          {revealControls(problem)}
        </p>
      )}
      {isOpen && problem === undefined && choices.length > 0 && (
        <div id={`${id}-list`} className={styles.choices} role="listbox" aria-label="Filters to choose from">
          {choices.map((choice, index) => {
            const hint = hintOf(choice, index === current ? fitting : null)
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field above keeps the focus and hears the keys
              <div
                key={`${choice.query === null} ${choice.text}`}
                id={`${id}-${index}`}
                className={styles.choice}
                role="option"
                tabIndex={-1}
                aria-selected={index === current}
                onPointerMove={() => setSelected(index)}
                // The field would lose the focus, and the list with it.
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => choose(choice)}
              >
                <span dir="auto">{revealControls(shortenPath(choice.text))}</span>
                {hint !== '' && <small>{revealControls(hint)}</small>}
              </div>
            )
          })}
        </div>
      )}
    </div>
  )
}

/** What the list is asked for when this is chosen; null when that is not to its end, or cannot be read. */
function wantedBy(choice: FilterChoice | undefined, typed: string, view: ListView, now: number): string | null {
  if (!choice?.isWhole) return null
  const query = withPart(view.query, (choice.query ?? typed).trim())
  return readSearch(query, now).problems.length === 0 ? query : null
}

/** How many fit says more than what it means. */
function hintOf({ hint }: FilterChoice, fitting: number | null): string {
  if (fitting === null) return hint
  return fitting === 0 ? 'no\u00A0session' : formatCount(fitting, 'session')
}

/** To the session that is read, or the first of the list, or where they would be: the keyboard goes on there. */
function leaveForList(field: HTMLInputElement | null) {
  const list = field?.closest('[data-pane="list"]')
  const row = list?.querySelector<HTMLElement>('a[aria-current]') ?? list?.querySelector<HTMLElement>('li[data-key] a')
  if (row) row.focus()
  else list?.querySelector<HTMLElement>('[data-rows]')?.focus()
}
