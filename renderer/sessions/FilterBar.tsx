import { ArrowDownWideNarrow, BookmarkPlus, Check, ListFilter, TriangleAlert, X } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react'
import { readSearch } from '../../contract/domain/searchLanguage.ts'
import type { SessionSort } from '../../contract/domain/sessionQuery.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { completeQuery } from '../search/completeQuery.ts'
import { SaveSearchDialog } from '../search/SaveSearchDialog.tsx'
import { useKnownValues } from '../search/useKnownValues.ts'
import controls from '../ui/Controls.module.css'
import { Hidden, IconButton, Keys, Tip } from '../ui/Controls.tsx'
import { floatingHome } from '../ui/floatingHome.ts'
import { leaveFocus } from '../ui/focusReturn.ts'
import { shortenPath } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './FilterBar.module.css'
import { chipsOf, withoutChip } from './filterChips.ts'
import { useFilterWished } from './filterKey.ts'
import { showView, starredQuery } from './listAddress.ts'

/** Narrows and sorts the list: what is typed is completed to what there is, and stands there as chips that can be taken away. */
export function FilterBar({ now }: { now: number }) {
  const client = useClient()
  const view = useAppState((state) => state.view)
  const [isSaving, setIsSaving] = useState(false)
  // A place is no filter: nothing of it can be taken away.
  const chips = view.query === starredQuery ? [] : chipsOf(view.query, now)
  const isSound = readSearch(view.query, now).problems.length === 0

  function setQuery(query: string) {
    showView(client, { ...view, query })
  }

  return (
    <div className={styles.bar}>
      <div className={styles.line}>
        <FilterField
          now={now}
          onAdd={(part) => setQuery(`${view.query} ${part}`.trim())}
          onTakeBack={() => {
            const last = chips.at(-1)
            if (!last) return null
            setQuery(withoutChip(view.query, last))
            return view.query.slice(last.start, last.end)
          }}
        />
        <SortMenu sort={view.sort} onSort={(sort) => showView(client, { ...view, sort })} />
      </div>
      {chips.length > 0 && (
        <ul className={styles.chips} aria-label="Filters">
          {chips.map((chip) => (
            <li key={chip.start} className={styles.chip} data-broken={chip.isBroken || undefined}>
              {chip.isBroken && <TriangleAlert aria-hidden />}
              <span dir="auto">
                {chip.isBroken && <Hidden>Cannot be read: </Hidden>}
                {revealControls(chip.label)}
              </span>
              <Tip label="Remove this filter">
                <button
                  type="button"
                  aria-label={`Remove the filter ${revealControls(chip.label)}`}
                  onClick={() => setQuery(withoutChip(view.query, chip))}
                >
                  <X aria-hidden />
                </button>
              </Tip>
            </li>
          ))}
          {chips.length > 1 && (
            <li>
              <button type="button" className={styles.clear} onClick={() => setQuery('')}>
                Clear all
              </button>
            </li>
          )}
          {isSound && (
            <li className={styles.save}>
              <IconButton
                label="Save these filters in the sidebar"
                icon={BookmarkPlus}
                onClick={() => setIsSaving(true)}
              />
            </li>
          )}
        </ul>
      )}
      <SaveSearchDialog query={view.query} isOpen={isSaving} onClose={() => setIsSaving(false)} />
    </div>
  )
}

interface Choice {
  text: string
  hint: string
  /** What the field holds then; null when it is taken as it was typed. */
  query: string | null
  isWhole: boolean
}

function FilterField({
  now,
  onAdd,
  onTakeBack,
}: {
  now: number
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

  function choose(choice: Choice | undefined) {
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
          {choices.map((choice, index) => (
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
              {choice.hint !== '' && <small>{revealControls(choice.hint)}</small>}
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

/** To the session that is read, or the first of the list, or where they would be: the keyboard goes on there. */
function leaveForList(field: HTMLInputElement | null) {
  const list = field?.closest('[data-pane="list"]')
  const row = list?.querySelector<HTMLElement>('a[aria-current]') ?? list?.querySelector<HTMLElement>('li[data-key] a')
  if (row) row.focus()
  else list?.querySelector<HTMLElement>('[data-rows]')?.focus()
}

/** What can be meant by what was typed so far: words first, for they are what is typed most, unless a key stands there. */
function listChoices(typed: string, known: Parameters<typeof completeQuery>[1]): Choice[] {
  const completions = completeQuery(typed, known)
  const [last = ''] = /\S*$/.exec(typed) ?? []
  const asTyped: Choice = { text: typed.trim(), hint: 'in anything that was said', query: null, isWhole: true }
  const isNamed = last.includes(':') && completions.length > 0
  return [...(typed.trim() === '' || isNamed ? [] : [asTyped]), ...completions]
}

const sorts: [sort: SessionSort, label: string][] = [
  ['updated', 'Last active'],
  ['started', 'Last begun'],
  ['tokens', 'Most tokens'],
  ['duration', 'Longest'],
  ['cost', 'Most expensive'],
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
      <DropdownMenu.Portal container={floatingHome()}>
        <DropdownMenu.Content
          className={`${controls.menu} ${styles.sortMenu}`}
          align="end"
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={leaveFocus}
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
