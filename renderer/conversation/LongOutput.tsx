import { ChevronsUpDown } from 'lucide-react'
import { Fragment, useMemo } from 'react'
import type { ToolCall } from '../../contract/domain/turn.ts'
import { useClient } from '../client/ClientProvider.tsx'
import { formatBytes } from '../ui/bytes.ts'
import { Output } from '../ui/Code.tsx'
import { formatCount } from '../ui/formatting.ts'
import { Problem } from '../ui/Notices.tsx'
import { Twist } from './Fold.tsx'
import { useFold } from './foldState.ts'
import items from './Items.module.css'
import styles from './LongOutput.module.css'
import { fetchPiece, useLongOutputs } from './longOutputs.ts'
import { addPiece, gapAfter, type Piece } from './outputPieces.ts'
import { useTurnId } from './turnId.ts'

const shortLines = 8
const none: Piece[] = []

/** An output of which only both ends came along: what lies between is fetched piece by piece, as far as the reader wants. */
export function LongOutput({
  itemId,
  start,
  cut,
  showsEnd,
}: {
  itemId: string
  start: string
  cut: NonNullable<ToolCall['outputCut']>
  showsEnd: boolean
}) {
  const client = useClient()
  const turnId = useTurnId()
  const [isOpen, toggle] = useFold('output', false)
  const fetched = useLongOutputs((state) => state.fetched[itemId] ?? none)
  const problem = useLongOutputs((state) => state.problems[itemId])
  const pieces = useMemo(() => {
    const ends = [
      { offset: 0, text: start },
      { offset: cut.length - cut.end.length, text: cut.end },
    ]
    return fetched.reduce(addPiece, ends)
  }, [start, cut, fetched])
  const few = showsEnd ? lastLines(cut.end) : firstLines(start)
  return (
    <div className={items.part}>
      {isOpen ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
        <section className={styles.pieces} tabIndex={0} aria-label="Output">
          {pieces.map((piece, index) => (
            <Fragment key={piece.offset}>
              <div className={styles.piece} data-offset={piece.offset}>
                <Output text={piece.text.replace(/\r?\n$/, '')} />
              </div>
              {gapAfter(pieces, index) > 0 && (
                <button
                  type="button"
                  className={styles.gap}
                  onClick={() => void fetchPiece(client, { turnId, itemId, offset: piece.offset + piece.text.length })}
                >
                  <ChevronsUpDown aria-hidden />
                  Show more
                  <span>{formatBytes(gapAfter(pieces, index))} between here and the lines below</span>
                </button>
              )}
            </Fragment>
          ))}
        </section>
      ) : (
        <div data-piece="few">
          <Output text={few} />
        </div>
      )}
      {problem !== undefined && <Problem title="More of the output could not be read">{problem}</Problem>}
      <button type="button" className={items.more} aria-expanded={isOpen} onClick={toggle}>
        <Twist />
        {isOpen ? 'Show fewer lines' : `Show more of ${formatCount(cut.lineCount, 'line')}, ${formatBytes(cut.length)}`}
      </button>
    </div>
  )
}

function firstLines(text: string): string {
  return text.split('\n', shortLines).join('\n')
}

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-shortLines).join('\n')
}
