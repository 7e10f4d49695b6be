import { ArrowDownWideNarrow, Check, ListFilter, X } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react'
import type { SessionFilter, SessionSort } from '../../contract/domain/sessionQuery.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import controls from '../ui/Controls.module.css'
import { Hidden, Tip } from '../ui/Controls.tsx'
import { shortenPath } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import { useShortcuts } from '../ui/useShortcuts.ts'
import styles from './FilterBar.module.css'
import { chipsOf, type FilterChoice, offerChoices, withoutChip } from './filterChips.ts'

/** Narrows and sorts the list: what is typed is completed to what there is, and stands there as chips that can be taken away. */
export function FilterBar({ now }: { now: number }) {
  const client = useClient()
  const view = useAppState((state) => state.view)
  const chips = chipsOf(view.filter, now)

  function setFilter(filter: SessionFilter) {
    void client.setView({ ...view, filter })
  }

  return (
    <div className={styles.bar}>
      <div className={styles.line}>
        <FilterField now={now} onChoose={(patch) => setFilter({ ...view.filter, ...patch })} />
        <SortMenu sort={view.sort} onSort={(sort) => void client.setView({ ...view, sort })} />
      </div>
      {chips.length > 0 && (
        <ul className={styles.chips} aria-label="Filters">
          {chips.map(({ key, label }) => (
            <li key={key} className={styles.chip}>
              <span dir="auto">{revealControls(label)}</span>
              <button
                type="button"
                aria-label={`Remove the filter ${revealControls(label)}`}
                onClick={() => setFilter(withoutChip(view.filter, key))}
              >
                <X aria-hidden />
              </button>
            </li>
          ))}
          {chips.length > 1 && (
            <li>
              <button type="button" className={styles.clear} onClick={() => setFilter({})}>
                Clear all
              </button>
            </li>
          )}
        </ul>
      )}
    </div>
  )
}

function FilterField({ now, onChoose }: { now: number; onChoose(patch: SessionFilter): void }) {
  const [typed, setTyped] = useState('')
  const [isOpen, setIsOpen] = useState(false)
  const [selected, setSelected] = useState(0)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  const known = useKnownFacets()
  const choices = useMemo(() => (isOpen ? offerChoices(typed, known, now) : []), [isOpen, typed, known, now])
  const current = Math.min(selected, choices.length - 1)

  useShortcuts({
    f: () => {
      field.current?.focus()
      return undefined
    },
  })

  function choose(choice: FilterChoice | undefined) {
    if (!choice) return
    onChoose(choice.patch)
    setTyped('')
    setSelected(0)
    setIsOpen(false)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && !isOpen) setIsOpen(true)
    else if (step) setSelected((current + step + choices.length) % Math.max(1, choices.length))
    else if (event.key === 'Enter' && isOpen) choose(choices[current])
    else if (event.key === 'Escape') {
      if (isOpen) setIsOpen(false)
      else field.current?.blur()
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
        aria-expanded={isOpen && choices.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && choices[current] ? `${id}-${current}` : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={1000}
        onChange={(event) => {
          setTyped(event.target.value)
          setSelected(0)
          setIsOpen(true)
        }}
        onFocus={() => setIsOpen(true)}
        onClick={() => setIsOpen(true)}
        onBlur={() => setIsOpen(false)}
        onKeyDown={onKeyDown}
      />
      {isOpen && choices.length > 0 && (
        <div id={`${id}-list`} className={styles.choices} role="listbox" aria-label="Filters to choose from">
          {choices.map((choice, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field above keeps the focus and hears the keys
            <div
              key={choice.text}
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
              <span dir="auto">{revealControls(choice.text)}</span>
              {choice.hint !== '' && <small>{revealControls(shortenPath(choice.hint))}</small>}
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

/** Of the sessions that are here: what is not among them can be typed as words. */
function useKnownFacets() {
  const projects = useAppState((state) => state.projects)
  const sessions = useAppState((state) => state.sessions)
  return useMemo(() => {
    const all = Object.values(sessions)
    const models = new Set(all.flatMap(({ model }) => model ?? []))
    const tags = new Set(all.flatMap((session) => session.tags))
    return { projects, models: [...models].sort(), tags: [...tags].sort() }
  }, [projects, sessions])
}

const sorts: [sort: SessionSort, label: string][] = [
  ['updated', 'Last active'],
  ['started', 'Last begun'],
  ['tokens', 'Most tokens'],
  ['duration', 'Longest'],
  ['cost', 'Dearest'],
]

function SortMenu({ sort, onSort }: { sort: SessionSort; onSort(sort: SessionSort): void }) {
  const label = sorts.find(([each]) => each === sort)?.[1] ?? ''
  return (
    <DropdownMenu.Root modal={false}>
      <Tip label={`Order: ${label.toLowerCase()} first`}>
        <DropdownMenu.Trigger
          className={`${controls.iconButton} ${styles.sort}`}
          aria-label={`Order: ${label.toLowerCase()} first`}
          data-on={sort !== 'updated' || undefined}
        >
          <ArrowDownWideNarrow aria-hidden />
        </DropdownMenu.Trigger>
      </Tip>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={`${controls.menu} ${styles.sortMenu}`}
          align="end"
          sideOffset={4}
          collisionPadding={8}
        >
          <DropdownMenu.RadioGroup value={sort} onValueChange={(value) => onSort(value as SessionSort)}>
            {sorts.map(([value, text]) => (
              <DropdownMenu.RadioItem key={value} value={value} className={controls.menuItem}>
                <span className={styles.check}>{sort === value && <Check aria-hidden />}</span>
                {text}
                <Hidden> first</Hidden>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
