import { ChevronsUpDown } from 'lucide-react'
import { Fragment, memo, useMemo, useRef } from 'react'
import { Code } from '../ui/Code.tsx'
import { formatCount } from '../ui/formatting.ts'
import { languageOf } from '../ui/highlight.ts'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './Diff.module.css'
import { useSides } from './diffView.ts'
import { Twist } from './Fold.tsx'
import { useFolds } from './foldState.ts'
import items from './Items.module.css'
import { type DiffGroup, type DiffPart, foldsOfDiff, layOutDiff, viewDiff } from './layOutDiff.ts'
import { pairLines } from './pairLines.ts'
import type { DiffLine, FileChange } from './patch.ts'

/** The changed lines of one file, in one column or in two. `name` tells it from the other files of its patch. */
export const Diff = memo(function Diff({ change, name }: { change: FileChange; name: string }) {
  const chunks = useMemo(() => layOutDiff(change.lines, name), [change, name])
  const folds = useMemo(() => foldsOfDiff(chunks), [chunks])
  const [isOpen, setFolds] = useFolds(folds)
  const parts = useMemo(() => viewDiff(chunks, isOpen), [chunks, isOpen])
  const scroller = useRef<HTMLDivElement>(null)
  const areSides = useSides(change)
  if (change.lines.length === 0) return <p className={items.note}>{describeEmpty(change)}</p>
  const language = languageOf(change.movedTo ?? change.path)
  const last = parts.at(-1)
  const rest = last?.kind === 'more' ? last : null

  function open(fold: string) {
    setFolds([fold], true)
    // The button may be gone, and the focus with it.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) scroller.current?.focus({ preventScroll: true })
    })
  }

  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <div ref={scroller} className={styles.diff} tabIndex={0} dir="ltr">
        <div className={areSides ? styles.sides : styles.lines}>
          {parts.map((part) => {
            if (part === rest) return null
            if (part.kind !== 'lines') return <Folded key={part.name} part={part} onOpen={() => open(part.name)} />
            const Group = areSides ? Sides : Lines
            return <Group key={part.group.name} group={part.group} language={language} />
          })}
        </div>
      </div>
      {(rest || folds.some(isOpen)) && (
        <div className={styles.foot}>
          {rest && (
            <button type="button" className={items.more} aria-expanded={false} onClick={() => open(rest.name)}>
              <Twist />
              {describeRest(rest.count, chunks.at(-1)?.name === rest.name, change.lines.length)}
            </button>
          )}
          {folds.some(isOpen) && (
            <button
              type="button"
              className={items.more}
              aria-expanded
              onClick={() => {
                setFolds(folds, false)
                scroller.current?.focus({ preventScroll: true })
              }}
            >
              <Twist />
              Show fewer lines
            </button>
          )}
        </div>
      )}
    </>
  )
})

function describeEmpty({ kind, movedTo }: FileChange): string {
  if (kind === 'delete') return 'The file was deleted.'
  if (kind === 'add') return 'The file is new and empty.'
  return movedTo === null ? 'Nothing of it was changed.' : 'Only the name changed.'
}

function describeRest(count: number, isLast: boolean, all: number): string {
  return isLast ? `Show all ${formatCount(all, 'line')}` : `Show more, ${formatCount(count, 'line')} to go`
}

/** Lines that are not drawn until somebody wants them. */
function Folded({ part, onOpen }: { part: Exclude<DiffPart, { kind: 'lines' }>; onOpen(): void }) {
  return (
    <button type="button" className={styles.folded} aria-expanded={false} onClick={onOpen}>
      <span>
        <ChevronsUpDown aria-hidden />
        {formatCount(part.count, part.kind === 'same' ? 'unchanged line' : 'line')}
      </span>
    </button>
  )
}

interface GroupProps {
  group: DiffGroup
  language: string | null
}

const Lines = memo(function Lines({ group, language }: GroupProps) {
  return (
    <div data-piece={group.name}>
      {group.lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of one patch never move
        <Line key={index} line={line} language={language} />
      ))}
    </div>
  )
})

const Sides = memo(function Sides({ group, language }: GroupProps) {
  const pairs = useMemo(() => pairLines(group.lines), [group])
  return (
    <div data-piece={group.name} className={styles.rows}>
      {pairs.map((pair, index) =>
        'hunk' in pair ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of one patch never move
          <div key={index} className={`${styles.hunk} ${styles.across}`}>
            {revealControls(pair.hunk)}
          </div>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of one patch never move
          <Fragment key={index}>
            <div className={styles.before}>
              <Side line={pair.before} language={language} />
            </div>
            {/* What did not change is found on its left. */}
            <div className={styles.after} data-beside={pair.after === pair.before || undefined}>
              <Side line={pair.after} language={language} />
            </div>
          </Fragment>
        ),
      )}
    </div>
  )
})

function Side({ line, language }: { line: DiffLine | null; language: string | null }) {
  return line === null ? <div className={styles.nothing} /> : <Line line={line} language={language} />
}

function Line({ line, language }: { line: DiffLine; language: string | null }) {
  if (line.kind === 'hunk') return <div className={styles.hunk}>{revealControls(line.text)}</div>
  const sign = { add: '+', remove: '−', same: '' }[line.kind]
  return (
    <div className={styles.line} data-kind={line.kind}>
      <span className={styles.sign}>{sign}</span>
      <code>
        {line.changed ? (
          <Marked text={line.text} changed={line.changed} language={language} />
        ) : (
          <Code text={line.text} language={language} />
        )}
      </code>
    </div>
  )
}

function Marked({
  text,
  changed: [start, end],
  language,
}: {
  text: string
  changed: [number, number]
  language: string | null
}) {
  return (
    <>
      <Code text={text.slice(0, start)} language={language} />
      <mark>
        <Code text={text.slice(start, end)} language={language} />
      </mark>
      <Code text={text.slice(end)} language={language} />
    </>
  )
}

export function ChangeCounts({ changes }: { changes: FileChange[] }) {
  const added = changes.reduce((sum, change) => sum + change.added, 0)
  const removed = changes.reduce((sum, change) => sum + change.removed, 0)
  // What a file had that is deleted or only renamed is in no patch.
  if (added + removed === 0) return null
  return (
    <span className={styles.counts}>
      <span className={styles.added}>+{added.toLocaleString('en')}</span>
      <span className={styles.removed}>−{removed.toLocaleString('en')}</span>
    </span>
  )
}

/** Name and kind of one file's change, for patches of several. */
export function FileHead({ change, name }: { change: FileChange; name: string }) {
  return (
    <div className={styles.file}>
      <code title={revealControls(change.path)} data-piece={name}>
        {namePath(change)}
      </code>
      <ChangeTag change={change} />
      <span className={items.meta}>
        <ChangeCounts changes={[change]} />
      </span>
    </div>
  )
}

export function ChangeTag({ change }: { change: FileChange }) {
  const word = change.movedTo !== null ? 'renamed' : { add: 'new', delete: 'deleted', update: null }[change.kind]
  return word && <span className={items.tag}>{word}</span>
}

export function namePath(change: FileChange): string {
  return revealControls(change.movedTo === null ? change.path : `${change.path} → ${change.movedTo}`)
}
