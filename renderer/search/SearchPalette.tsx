import { Search, X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { Fragment, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { countHits, mostHitsCounted } from '../../contract/domain/search.ts'
import { readSearch } from '../../contract/domain/searchLanguage.ts'
import { leaveFocusToField } from '../sessions/editing.ts'
import { Hidden, IconButton } from '../ui/Controls.tsx'
import { DialogLayer } from '../ui/Dialog.tsx'
import { returnFocus, useNotedFocus } from '../ui/focusReturn.ts'
import { Problem } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { PaletteFoot } from './PaletteFoot.tsx'
import { PaletteRow } from './PaletteRow.tsx'
import { type EntryGroup, firstChosen, groupOfKind } from './paletteEntries.ts'
import styles from './SearchPalette.module.css'
import type { Openers } from './useActions.ts'
import { useOpenEntry } from './useOpenEntry.ts'
import { isFruitless, usePaletteEntries } from './usePaletteEntries.ts'
import { type SearchState, useSearch } from './useSearch.ts'
import type { Found } from './withMore.ts'

interface PaletteProps extends Openers {
  isOpen: boolean
  onClose(): void
  onSave(query: string): void
}

export function SearchPalette(props: PaletteProps) {
  useNotedFocus(props.isOpen)
  return (
    <Dialog.Root open={props.isOpen} onOpenChange={(open) => !open && props.onClose()}>
      <DialogLayer>
        <Dialog.Content
          className={styles.palette}
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            leaveFocusToField(event)
            returnFocus(event)
          }}
        >
          <Dialog.Title asChild>
            <div>
              <Hidden>Search</Hidden>
            </div>
          </Dialog.Title>
          <Palette {...props} />
        </Dialog.Content>
      </DialogLayer>
    </Dialog.Root>
  )
}

function Palette({ onClose, onSave, ...openers }: PaletteProps) {
  const [query, setQuery] = useState('')
  const [selected, setSelected] = useState<number | null>(null)
  const search = useSearch(query)
  const entries = usePaletteEntries(query, search, openers)
  const input = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const { open, isBusy, refusal, forgetRefusal } = useOpenEntry({ search, take, onSave, onClose })
  const current = selected === null ? firstChosen(entries) : Math.min(selected, entries.length - 1)

  useEffect(() => {
    list.current?.querySelector(`[data-index="${current}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [current])

  function type(text: string) {
    setQuery(text)
    setSelected(null)
    forgetRefusal()
  }

  function take(completed: string) {
    type(completed)
    input.current?.focus()
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const chosen = entries[current]
    const completion =
      chosen?.target.type === 'complete' ? chosen : entries.find(({ target }) => target.type === 'complete')
    if (step)
      setSelected((Math.max(current, step === 1 ? -1 : 0) + step + entries.length) % Math.max(1, entries.length))
    else if (event.key === 'Enter') open(chosen)
    else if (event.key === 'Tab' && !event.shiftKey && completion) open(completion)
    else return
    event.preventDefault()
  }

  const typed = query.trim()
  const isAnswered = search.query.trim() === typed
  const completes = entries.some(({ target }) => target.type === 'complete')
  // While a value is being completed it is no mistake yet.
  const mistake = search.message !== null && !(completes && entries[0]?.group === 'Narrow by') ? search.message : null
  const isNonsense = mistake !== null && readSearch(search.query, Date.now()).problems.length > 0
  return (
    <>
      <div className={styles.input}>
        <Search aria-hidden />
        <input
          ref={input}
          value={query}
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKeyDown}
          placeholder="Search, or run a command"
          aria-label="Search everything"
          role="combobox"
          aria-expanded={entries.length > 0}
          aria-autocomplete="list"
          aria-controls="palette-list"
          aria-activedescendant={entries[current] ? `palette-${current}` : undefined}
          aria-invalid={isNonsense}
          autoComplete="off"
          spellCheck={false}
        />
        <span className={styles.count} role="status">
          {typed !== '' && isAnswered && search.message === null && describeTotal(search.found)}
        </span>
        <IconButton label="Close" keys="Esc" icon={X} onClick={onClose} />
      </div>
      {mistake !== null && (
        <div className={styles.notice}>
          <Problem title={isNonsense ? 'This search cannot be read' : 'The search did not work'}>{mistake}</Problem>
        </div>
      )}
      {refusal !== null && (
        <div className={styles.notice}>
          <Problem title="That did not work">{refusal}</Problem>
        </div>
      )}
      {isFruitless(search, query) && (
        <p className={styles.note}>Nothing found for “{revealControls(typed)}”. Try fewer or other words.</p>
      )}
      <div
        ref={list}
        id="palette-list"
        className={styles.list}
        role="listbox"
        aria-label="Results and commands"
        aria-busy={isBusy}
        tabIndex={-1}
      >
        {entries.map((entry, index) => (
          <Fragment key={entry.id}>
            {entry.group !== entries[index - 1]?.group && (
              <div className={styles.group} role="presentation">
                {entry.group}
                <span>{countOf(entry.group, search)}</span>
              </div>
            )}
            <PaletteRow
              entry={entry}
              index={index}
              isSelected={index === current}
              onPoint={setSelected}
              onOpen={open}
            />
          </Fragment>
        ))}
      </div>
      <PaletteFoot entry={entries[current]} completes={completes} />
    </>
  )
}

function describeTotal({ total, kinds }: Found): string {
  const isMore = kinds.some((kind) => kind.total >= mostHitsCounted)
  return `${total.toLocaleString('en')}${isMore ? '+' : ''} ${total === 1 ? 'hit' : 'hits'}`
}

function countOf(group: EntryGroup, { found }: SearchState): string {
  const counted = found.kinds.find(({ kind }) => groupOfKind[kind] === group)
  return counted ? countHits(counted.total) : ''
}
