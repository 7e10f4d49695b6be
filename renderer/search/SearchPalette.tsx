import {
  AlignLeft,
  ChevronRight,
  CornerDownLeft,
  Lightbulb,
  type LucideIcon,
  MessageSquare,
  Plus,
  Rows3,
  Search,
  Terminal,
  X,
} from 'lucide-react'
import { Dialog } from 'radix-ui'
import { Fragment, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useAppState } from '../client/ClientProvider.tsx'
import { orderSessions } from '../sessions/groupSessions.ts'
import { goTo } from '../shell/route.ts'
import { Hidden, IconButton, Keys } from '../ui/Controls.tsx'
import { DialogLayer } from '../ui/Dialog.tsx'
import { countDaysBetween, formatExact, formatShortDate, formatTime, shortenPath } from '../ui/formatting.ts'
import { Problem } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { type Entry, type EntryGroup, listEntries } from './paletteEntries.ts'
import styles from './SearchPalette.module.css'
import { useSearch } from './useSearch.ts'

interface PaletteProps {
  isOpen: boolean
  onClose(): void
  onShortcuts(): void
  onNewSession(): void
}

export function SearchPalette(props: PaletteProps) {
  return (
    <Dialog.Root open={props.isOpen} onOpenChange={(open) => !open && props.onClose()}>
      <DialogLayer>
        <Dialog.Content className={styles.palette} aria-describedby={undefined}>
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

function Palette({ onClose, onShortcuts, onNewSession }: PaletteProps) {
  const [query, setQuery] = useState('')
  const [selected, setSelected] = useState(0)
  const search = useSearch(query)
  const sessions = useAppState((state) => state.sessions)
  const ordered = useMemo(() => orderSessions(Object.values(sessions)), [sessions])
  const entries = useMemo(() => listEntries(query, ordered, search.hits), [query, ordered, search.hits])
  const list = useRef<HTMLDivElement>(null)
  const current = Math.min(selected, entries.length - 1)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new query begins at the top
  useEffect(() => setSelected(0), [query])
  useEffect(() => {
    list.current?.querySelector(`[data-index="${current}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [current])

  function open(entry: Entry | undefined) {
    if (!entry) return
    onClose()
    if ('sessionId' in entry.target) goTo({ page: 'session', ...entry.target })
    else if (entry.target.command === 'shortcuts') onShortcuts()
    else if (entry.target.command === 'newSession') onNewSession()
    else goTo({ page: entry.target.command })
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setSelected((current + step + entries.length) % Math.max(1, entries.length))
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) open(entries[current])
    else return
    event.preventDefault()
  }

  const isAnswered = search.query === query.trim()
  return (
    <>
      <div className={styles.input}>
        <Search aria-hidden />
        <input
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={onKeyDown}
          placeholder="Search prompts, answers, commands and output"
          aria-label="Search everything"
          role="combobox"
          aria-expanded
          aria-controls="palette-list"
          aria-activedescendant={entries[current] ? `palette-${current}` : undefined}
          autoComplete="off"
          spellCheck={false}
          maxLength={1000}
        />
        <span className={styles.count} role="status">
          {query.trim() !== '' &&
            isAnswered &&
            !search.message &&
            `${search.total.toLocaleString('en')} ${search.total === 1 ? 'hit' : 'hits'}`}
        </span>
        <IconButton label="Close" keys="Esc" icon={X} onClick={onClose} />
      </div>
      {search.message && (
        <div className={styles.list}>
          <Problem title="The search did not work">{search.message}</Problem>
        </div>
      )}
      <div ref={list} id="palette-list" className={styles.list} role="listbox" aria-label="Hits" tabIndex={-1}>
        {entries.map((entry, index) => (
          <Fragment key={entry.id}>
            {entry.group !== entries[index - 1]?.group && <GroupHead group={entry.group} entries={entries} />}
            <EntryRow entry={entry} index={index} isSelected={index === current} onPoint={setSelected} onOpen={open} />
          </Fragment>
        ))}
      </div>
      {entries.length === 0 && isAnswered && !search.message && (
        <p className={styles.note}>Nothing was found for “{query.trim()}”. Try fewer or other words.</p>
      )}
      <div className={styles.foot}>
        <span>
          <Keys keys="↑" />
          <Keys keys="↓" /> choose
        </span>
        <span>
          <Keys keys="↵" /> open at the line
        </span>
        <span>
          <Keys keys="Esc" /> close
        </span>
      </div>
    </>
  )
}

function GroupHead({ group, entries }: { group: EntryGroup; entries: Entry[] }) {
  const count = entries.filter((entry) => entry.group === group).length
  return (
    <div className={styles.group} role="presentation">
      {group}
      {group !== 'Recent' && group !== 'Tapedeck' && <span>{count}</span>}
    </div>
  )
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
      onClick={() => onOpen(entry)}
    >
      <Icon aria-hidden />
      <span className={styles.line} data-code={entry.group === 'Commands and output' || undefined} dir="auto">
        {entry.parts.map((part, at) => {
          const text = revealControls(part.text)
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one snippet never move
          return part.isHit ? <mark key={at}>{text}</mark> : <Fragment key={at}>{text}</Fragment>
        })}
      </span>
      <span className={styles.where}>{entry.where === null ? '' : revealControls(shortenPath(entry.where))}</span>
      {entry.at === null ? <span /> : <time title={formatExact(entry.at)}>{formatWhen(entry.at)}</time>}
    </div>
  )
}

function formatWhen(at: number): string {
  const now = Date.now()
  return countDaysBetween(at, now) === 0 ? formatTime(at) : formatShortDate(at, now)
}

function iconOf(entry: Entry): LucideIcon {
  switch (entry.group) {
    case 'Recent':
    case 'Sessions':
      return Rows3
    case 'Prompts':
      return MessageSquare
    case 'Answers':
    case 'Other':
      return AlignLeft
    case 'Commands and output':
      return Terminal
    case 'Thoughts':
      return Lightbulb
    case 'Tapedeck':
      if (entry.id === 'command newSession') return Plus
      return entry.id === 'command shortcuts' ? CornerDownLeft : ChevronRight
  }
}
