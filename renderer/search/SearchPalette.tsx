import {
  AlignLeft,
  Bookmark,
  BookmarkPlus,
  ChevronDown,
  Ellipsis,
  FilePen,
  Lightbulb,
  ListFilter,
  type LucideIcon,
  MessageSquare,
  Rows3,
  ScrollText,
  Search,
  SlidersHorizontal,
  Terminal,
  X,
} from 'lucide-react'
import { Dialog } from 'radix-ui'
import { Fragment, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { SavedSearch } from '../../contract/domain/search.ts'
import { readSearch } from '../../contract/domain/searchLanguage.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { orderSessions } from '../sessions/groupSessions.ts'
import { leaveFocusToRenaming } from '../sessions/renaming.ts'
import { goTo, useRoute } from '../shell/route.ts'
import { Hidden, IconButton, Keys } from '../ui/Controls.tsx'
import { DialogLayer } from '../ui/Dialog.tsx'
import { returnFocus, useNotedFocus } from '../ui/focusReturn.ts'
import { countDaysBetween, formatExact, formatShortDate, formatTime, shortenPath } from '../ui/formatting.ts'
import { Problem } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { completeQuery } from './completeQuery.ts'
import { type Entry, type EntryGroup, groupOfKind, listEntries } from './paletteEntries.ts'
import { noteAction, recentActions } from './recentActions.ts'
import styles from './SearchPalette.module.css'
import { seekHit } from './soughtHit.ts'
import { type Action, type Openers, useActions } from './useActions.ts'
import { useKnownValues } from './useKnownValues.ts'
import { type SearchState, useSearch } from './useSearch.ts'

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
            leaveFocusToRenaming(event)
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

const noSearches: SavedSearch[] = []

function Palette({ onClose, onSave, ...openers }: PaletteProps) {
  const client = useClient()
  const [query, setQuery] = useState('')
  const [selected, setSelected] = useState(0)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const search = useSearch(query)
  const entries = useEntries(query, search, openers)
  const input = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const current = Math.min(selected, entries.length - 1)

  useEffect(() => {
    list.current?.querySelector(`[data-index="${current}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [current])

  function type(text: string) {
    setQuery(text)
    setSelected(0)
    setRefusal(null)
  }

  async function run(action: Action) {
    noteAction(action.id)
    const result = action.run()
    // What opens a dialog of its own takes the place of this one.
    if (result === null) {
      if (!opensDialog.has(action.id)) onClose()
      return
    }
    setIsBusy(true)
    const problem = await result
    setIsBusy(false)
    if (problem === null) onClose()
    else setRefusal(problem)
  }

  function open(entry: Entry | undefined) {
    if (!entry) return
    const { target } = entry
    switch (target.type) {
      case 'complete':
        type(target.query)
        input.current?.focus()
        return
      case 'more':
        search.more(target.kind)
        return
      case 'action':
        if (!isBusy) void run(target.action)
        return
      case 'save':
        onSave(target.query)
        return
      case 'session':
        goTo({ page: 'session', sessionId: target.sessionId, turnId: null })
        break
      case 'list':
        void client.setView({ query: target.query, sort: 'updated' })
        goTo({ page: 'sessions', query: target.query })
        break
      case 'hit': {
        const { sessionId, turnId, itemId } = target.hit
        seekHit(target.hit)
        goTo({ page: 'session', sessionId, turnId, itemId })
      }
    }
    onClose()
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const chosen = entries[current]
    const completion =
      chosen?.target.type === 'complete' ? chosen : entries.find(({ target }) => target.type === 'complete')
    if (step) setSelected((current + step + entries.length) % Math.max(1, entries.length))
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
          placeholder="Search everything, or do something"
          aria-label="Search everything"
          role="combobox"
          aria-expanded={entries.length > 0}
          aria-autocomplete="list"
          aria-controls="palette-list"
          aria-activedescendant={entries[current] ? `palette-${current}` : undefined}
          aria-invalid={isNonsense}
          autoComplete="off"
          spellCheck={false}
          maxLength={1000}
        />
        <span className={styles.count} role="status">
          {typed !== '' && isAnswered && search.message === null && describeTotal(search.found.total)}
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
          <Problem title="It did not work">{refusal}</Problem>
        </div>
      )}
      <div
        ref={list}
        id="palette-list"
        className={styles.list}
        role="listbox"
        aria-label="What was found, and what can be done"
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
            <EntryRow entry={entry} index={index} isSelected={index === current} onPoint={setSelected} onOpen={open} />
          </Fragment>
        ))}
      </div>
      {typed !== '' && isAnswered && mistake === null && search.found.total === 0 && (
        <p className={styles.note}>
          Nothing that was said or done has “{revealControls(typed)}”. Try fewer or other words.
        </p>
      )}
      <div className={styles.foot}>
        <span>
          <Keys keys="↑" />
          <Keys keys="↓" /> choose
        </span>
        <span>
          <Keys keys="↵" /> {nameEnter(entries[current])}
        </span>
        {completes && (
          <span>
            <Keys keys="⇥" /> complete
          </span>
        )}
        <span>
          <Keys keys="Esc" /> close
        </span>
        <code className={styles.language}>"exact phrase" -not cwd: model: tool: status: after:</code>
      </div>
    </>
  )
}

const opensDialog = new Set(['newSession', 'export', 'shortcuts'])

function useEntries(query: string, search: SearchState, openers: Openers): Entry[] {
  const route = useRoute()
  const sessions = useAppState((state) => state.sessions)
  const saved = useAppState(({ settings }) => settings?.value.savedSearches ?? noSearches)
  const known = useKnownValues(true)
  const actions = useActions(route, openers)
  const recent = useMemo(() => orderSessions(Object.values(sessions)), [sessions])
  const lastDone = useMemo(recentActions, [])
  return useMemo(
    () =>
      listEntries({
        query,
        completions: completeQuery(query, known),
        recent,
        saved,
        actions,
        recentActions: lastDone,
        found: search.found,
        isSound: readSearch(query.trim(), Date.now()).problems.length === 0,
      }),
    [query, known, recent, saved, actions, lastDone, search.found],
  )
}

function describeTotal(total: number): string {
  return `${total.toLocaleString('en')} ${total === 1 ? 'hit' : 'hits'}`
}

function countOf(group: EntryGroup, { found }: SearchState): string {
  const counted = found.kinds.find(({ kind }) => groupOfKind[kind] === group)
  if (!counted) return ''
  // Nobody counts further.
  return counted.total >= 1000 ? '1,000+' : counted.total.toLocaleString('en')
}

function nameEnter(entry: Entry | undefined): string {
  switch (entry?.target.type) {
    case 'hit':
      return 'open at the line'
    case 'complete':
      return 'take it'
    case 'more':
      return 'show more'
    case 'action':
    case 'save':
      return 'do it'
    default:
      return 'open'
  }
}

function EntryRow({
  entry,
  index,
  isSelected,
  onPoint,
  onOpen,
}: {
  entry: Entry
  index: number
  isSelected: boolean
  onPoint(index: number): void
  onOpen(entry: Entry): void
}) {
  const Icon = iconOf(entry)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the input above keeps the focus and hears the keys
    <div
      id={`palette-${index}`}
      data-index={index}
      role="option"
      tabIndex={-1}
      aria-selected={isSelected}
      className={styles.hit}
      onPointerMove={() => !isSelected && onPoint(index)}
      // The input would lose the focus, and the keys with it.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onOpen(entry)}
    >
      <Icon aria-hidden />
      <span className={styles.line} data-code={codeGroups.has(entry.group) || undefined} dir="auto">
        {entry.lead !== undefined && (
          <>
            <span className={styles.lead} title={revealControls(entry.lead)}>
              {revealControls(entry.group === 'Files' ? nameFile(entry.lead) : entry.lead)}
            </span>{' '}
          </>
        )}
        {entry.sign !== undefined && (
          <span className={styles.sign} data-sign={entry.sign}>
            <Hidden>{entry.sign === '+' ? 'added:' : 'removed:'}</Hidden>
            <span aria-hidden>{entry.sign}</span>{' '}
          </span>
        )}
        {entry.parts.map((part, at) => {
          const text = revealControls(part.text)
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one snippet never move
          return part.isHit ? <mark key={at}>{text}</mark> : <Fragment key={at}>{text}</Fragment>
        })}
      </span>
      <span className={styles.where}>{entry.where === null ? '' : revealControls(shortenPath(entry.where))}</span>
      {entry.keys !== undefined ? (
        <Keys keys={entry.keys} />
      ) : (
        entry.at !== null && <time title={formatExact(entry.at)}>{formatWhen(entry.at)}</time>
      )}
    </div>
  )
}

/** Its folder too, as many files have one name. */
function nameFile(path: string): string {
  const parts = path.split(/[/\\]/)
  return parts.length > 3 ? `…/${parts.slice(-2).join('/')}` : path
}

const codeGroups = new Set<EntryGroup>(['Commands', 'Files', 'Output'])

function formatWhen(at: number): string {
  const now = Date.now()
  return countDaysBetween(at, now) === 0 ? formatTime(at) : formatShortDate(at, now)
}

function iconOf({ group, target, icon }: Entry): LucideIcon {
  if (icon) return icon
  if (target.type === 'action') return target.action.icon
  if (target.type === 'more') return ChevronDown
  if (target.type === 'save') return BookmarkPlus
  switch (group) {
    case 'Narrow by':
      return SlidersHorizontal
    case 'Saved':
      return Bookmark
    case 'Recent':
    case 'Sessions':
      return Rows3
    case 'Prompts':
      return MessageSquare
    case 'Answers':
      return AlignLeft
    case 'Commands':
      return Terminal
    case 'Files':
      return FilePen
    case 'Output':
      return ScrollText
    case 'Thoughts':
      return Lightbulb
    case 'Other':
      return Ellipsis
    case 'Actions':
      return ListFilter
  }
}
