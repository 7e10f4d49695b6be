import { useVirtualizer } from '@tanstack/react-virtual'
import { ChevronRight } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { JsonChild } from '../../contract/domain/body.ts'
import { formatCount } from '../ui/formatting.ts'
import { Problem } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import body from './Body.module.css'
import { findParent, type JsonRow, keyOfPath, type Path, shortTextLength } from './jsonRows.ts'
import { Loading } from './Section.tsx'
import { type ReadNode, useJsonTree } from './useJsonTree.ts'

const rowHeight = 20
const indent = 14
const none: Path[] = []

/** Only the rows in sight are on the page, and only what is unfolded is loaded. Arrows walk, Enter folds, `c` copies. */
export function JsonTree({
  read,
  rootName,
  label,
  version = '',
  opens = none,
  target = null,
  isEntered,
  onSelect,
  onCopy,
}: {
  read: ReadNode
  rootName: string
  label: string
  version?: string
  opens?: Path[]
  target?: { path: Path } | null
  /** Whether it takes the focus from what it is in, once it has rows. */
  isEntered?(): boolean
  onSelect?(path: Path): void
  onCopy(path: Path): void
}) {
  const scroller = useRef<HTMLDivElement>(null)
  const treeId = useId()
  const { rows, isEmpty, message, load, setIsOpen, reveal } = useJsonTree(read, rootName, version, opens)
  const [selected, setSelected] = useState<string>(keyOfPath([]))
  const [wanted, setWanted] = useState<string | null>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 20,
  })
  const at = Math.max(
    0,
    rows.findIndex(({ id }) => id === selected),
  )

  function select(index: number) {
    const row = rows[index]
    if (!row) return
    setSelected(row.id)
    onSelect?.(row.path)
    virtualizer.scrollToIndex(index, { align: 'auto' })
  }

  useEffect(() => {
    if (!target) return
    let isOver = false
    void reveal(target.path).then(() => {
      if (!isOver) setWanted(keyOfPath(target.path))
    })
    return () => {
      isOver = true
    }
  }, [target, reveal])

  const hasRows = rows.length > 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when there is something to walk through
  useEffect(() => {
    const element = scroller.current
    const { activeElement } = document
    if (hasRows && element && activeElement?.contains(element) && isEntered?.()) element.focus({ preventScroll: true })
  }, [hasRows])

  // Once the rows above it are there.
  useEffect(() => {
    const index = wanted === null ? -1 : rows.findIndex(({ id }) => id === wanted)
    const row = rows[index]
    if (!row) return
    setWanted(null)
    setSelected(row.id)
    onSelect?.(row.path)
    virtualizer.scrollToIndex(index, { align: 'start' })
    scroller.current?.focus({ preventScroll: true })
  }, [wanted, rows, virtualizer, onSelect])

  function fold(row: JsonRow, isOpen: boolean) {
    if (row.kind === 'rest') void load(row.path)
    else if (row.kind === 'value' && row.canOpen) setIsOpen(row.path, isOpen)
  }

  function onKeyDown(event: KeyboardEvent) {
    const row = rows[at]
    if (!row || event.metaKey || event.ctrlKey || event.altKey) return
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1)
    switch (event.key) {
      case 'ArrowDown':
        select(Math.min(rows.length - 1, at + 1))
        break
      case 'ArrowUp':
        select(Math.max(0, at - 1))
        break
      case 'PageDown':
        select(Math.min(rows.length - 1, at + page))
        break
      case 'PageUp':
        select(Math.max(0, at - page))
        break
      case 'Home':
        select(0)
        break
      case 'End':
        select(rows.length - 1)
        break
      case 'ArrowRight':
        if (row.kind === 'value' && row.isOpen) select(at + 1)
        else fold(row, true)
        break
      case 'ArrowLeft':
        if (row.kind === 'value' && row.isOpen) fold(row, false)
        else select(findParent(rows, at))
        break
      case 'Enter':
      case ' ':
        fold(row, !(row.kind === 'value' && row.isOpen))
        break
      case 'c':
        onCopy(row.path)
        break
      default:
        return
    }
    event.preventDefault()
    event.stopPropagation()
  }

  if (message !== null && rows.length === 0) return <Problem title="It could not be read">{message}</Problem>
  if (rows.length === 0) return <Loading />
  if (isEmpty) return <p className={body.nothing}>Nothing of it was recorded.</p>
  return (
    <div
      ref={scroller}
      className={body.tree}
      role="tree"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={`${treeId}${at}`}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index] as JsonRow
          const isOpenable = row.kind === 'value' && row.canOpen
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys
            // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus, and tells which row is meant
            <div
              key={key}
              id={`${treeId}${index}`}
              ref={virtualizer.measureElement}
              data-index={index}
              className={body.row}
              role="treeitem"
              aria-level={row.depth + 1}
              aria-expanded={isOpenable ? row.isOpen : undefined}
              aria-selected={index === at}
              style={{ transform: `translateY(${start}px)`, paddingLeft: 8 + row.depth * indent }}
              onClick={() => {
                select(index)
                if (index === at || row.kind === 'rest' || isOpenable) fold(row, !(row.kind === 'value' && row.isOpen))
              }}
            >
              <RowContent row={row} onSeen={() => void load(row.path)} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

function RowContent({ row, onSeen }: { row: JsonRow; onSeen(): void }) {
  switch (row.kind) {
    case 'text':
      return <pre className={body.text}>{revealControls(row.text)}</pre>
    case 'rest':
      return <Rest row={row} onSeen={onSeen} />
    case 'value':
      return (
        <>
          <span className={body.twist} aria-hidden>
            {row.canOpen && <ChevronRight data-open={row.isOpen || undefined} />}
          </span>
          <span className={body.key}>{revealControls(String(row.child.key))}</span>
          <Value child={row.child} isOpen={row.isOpen} />
        </>
      )
  }
}

/** More of a list loads as it comes into sight; more of a text only when it is asked for. */
function Rest({ row, onSeen }: { row: Extract<JsonRow, { kind: 'rest' }>; onSeen(): void }) {
  const seen = useRef(onSeen)
  useEffect(() => {
    seen.current = onSeen
  })
  const { rest } = row
  // biome-ignore lint/correctness/useExhaustiveDependencies: each piece that came makes room for the next
  useEffect(() => seen.current(), [rest])
  return <span className={body.note}>{rest > 0 ? `${rest.toLocaleString('en')} more…` : 'Reading…'}</span>
}

function Value({ child: { type, size, preview }, isOpen }: { child: JsonChild; isOpen: boolean }) {
  switch (type) {
    case 'object':
      return (
        <span className={body.note}>
          {size === 0 ? '{ }' : isOpen ? `{ ${formatCount(size, 'key')}` : `{ ${revealControls(preview)} }`}
        </span>
      )
    case 'array':
      return <span className={body.note}>{size === 0 ? '[ ]' : `[ ${formatCount(size, 'item')}`}</span>
    case 'string':
      return isOpen ? (
        <span className={body.note}>{formatCount(size, 'character')}</span>
      ) : (
        <>
          <span className={body.string}>
            “{revealControls(preview.slice(0, shortTextLength).replaceAll('\n', '↵'))}”
          </span>
          {size > shortTextLength && <span className={body.note}>{formatCount(size, 'character')}</span>}
        </>
      )
    case 'number':
      return <span className={body.number}>{preview}</span>
    case 'boolean':
    case 'null':
      return <span className={body.keyword}>{preview}</span>
  }
}
