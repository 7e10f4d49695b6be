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
  SlidersHorizontal,
  Terminal,
} from 'lucide-react'
import { Fragment } from 'react'
import { Hidden, Keys } from '../ui/Controls.tsx'
import { formatExact, formatWhen, shortenPath } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import type { Entry, EntryGroup } from './paletteEntries.ts'
import styles from './SearchPalette.module.css'

export function PaletteRow({
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
        entry.at !== null && <time title={formatExact(entry.at)}>{formatWhen(entry.at, Date.now())}</time>
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
