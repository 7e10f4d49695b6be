import { Columns2 } from 'lucide-react'
import { Fragment, memo, useMemo, useRef } from 'react'
import { Code } from '../ui/Code.tsx'
import { languageOf } from '../ui/highlight.ts'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './Diff.module.css'
import { useHasRoom, useSideBySide } from './diffView.ts'
import { Twist } from './Fold.tsx'
import { useFold } from './foldState.ts'
import items from './Items.module.css'
import { pairLines } from './pairLines.ts'
import type { DiffLine, FileChange } from './patch.ts'

const shortLines = 40

/** The changed lines of one file, in one column or, where there is room and the reader wants it, in two. */
export const Diff = memo(function Diff({ change }: { change: FileChange }) {
  const [isWhole, toggle] = useFold(`diff ${change.path}`, false)
  const [isSideBySide, toggleSides] = useSideBySide()
  const box = useRef<HTMLDivElement>(null)
  const hasRoom = useHasRoom(box)
  if (change.lines.length === 0) {
    return <p className={items.note}>{change.kind === 'delete' ? 'The file was deleted.' : 'Only the name changed.'}</p>
  }
  const isLong = change.lines.length > shortLines + 10
  const lines = isWhole || !isLong ? change.lines : change.lines.slice(0, shortLines)
  const language = languageOf(change.movedTo ?? change.path)
  // A new file has nothing to stand beside.
  const hasSides = hasRoom && change.added > 0 && change.removed > 0
  return (
    <div ref={box}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <div className={styles.diff} tabIndex={0} dir="ltr">
        {hasSides && isSideBySide ? (
          <Sides lines={lines} language={language} />
        ) : (
          <div className={styles.lines}>
            {lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of one patch never move
              <Line key={index} line={line} language={language} />
            ))}
          </div>
        )}
      </div>
      {(isLong || hasSides) && (
        <div className={styles.foot}>
          {isLong && (
            <button type="button" className={items.more} aria-expanded={isWhole} onClick={toggle}>
              <Twist />
              {isWhole ? 'Show fewer lines' : `Show all ${change.lines.length.toLocaleString('en')} lines`}
            </button>
          )}
          {hasSides && (
            <button type="button" className={styles.sidesButton} aria-pressed={isSideBySide} onClick={toggleSides}>
              <Columns2 aria-hidden />
              Side by side
            </button>
          )}
        </div>
      )}
    </div>
  )
})

function Sides({ lines, language }: { lines: readonly DiffLine[]; language: string | null }) {
  const pairs = useMemo(() => pairLines(lines), [lines])
  return (
    <div className={styles.sides}>
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
            <div className={styles.after}>
              <Side line={pair.after} language={language} />
            </div>
          </Fragment>
        ),
      )}
    </div>
  )
}

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
  return (
    <span className={styles.counts}>
      <span className={styles.added}>+{added}</span>
      <span className={styles.removed}>−{removed}</span>
    </span>
  )
}

/** Name and kind of one file's change, for patches of several. */
export function FileHead({ change }: { change: FileChange }) {
  return (
    <div className={styles.file}>
      <code title={revealControls(change.path)}>{namePath(change)}</code>
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
