import { memo, type ReactNode, useDeferredValue } from 'react'
import { Tip } from '../ui/Controls.tsx'
import { formatDuration, formatTokens } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import { isSameShallow } from './isSame.ts'
import type { Bar, Minimap } from './layOutMinimap.ts'
import styles from './TurnMinimap.module.css'

/**
 * All turns at a glance, and where one is among them. For the eye and the mouse: n and p go the same ways by keyboard, and the
 * turns are headings.
 */
export function TurnMinimap({
  map,
  view,
  isPainted,
  onGoTo,
}: {
  map: Minimap
  /** What is on the screen, as parts of the whole strip. */
  view: { top: number; bottom: number }
  /** Whether the conversation was: what is read comes first. */
  isPainted: boolean
  onGoTo(turnId: string): void
}) {
  const bars = useDeferredValue(isPainted ? map.bars : noBars, noBars)
  const percent = (part: number) => `${(part * 100).toFixed(2)}%`
  return (
    <div className={styles.minimap} aria-hidden data-minimap>
      <div className={styles.strip} style={{ height: map.heightPx }}>
        <Bars bars={bars} onGoTo={onGoTo} />
        <span
          className={styles.view}
          style={{ top: percent(view.top), height: percent(Math.max(0, view.bottom - view.top)) }}
        />
      </div>
    </div>
  )
}

const noBars: Bar[] = []

const Bars = memo(function Bars({ bars, onGoTo }: { bars: Bar[]; onGoTo(turnId: string): void }) {
  return bars.map((bar) => <BarButton key={bar.from} bar={bar} onGoTo={onGoTo} />)
})

/** A turn that was read since looks as before. */
const BarButton = memo(
  function BarButton({ bar, onGoTo }: { bar: Bar; onGoTo(turnId: string): void }) {
    return (
      <Tip side="left" label={<Explanation bar={bar} />}>
        <button
          type="button"
          tabIndex={-1}
          className={styles.bar}
          data-status={bar.status}
          style={{ top: `${bar.top * 100}%`, height: `${bar.height * 100}%` }}
          onClick={() => bar.turns[0] && onGoTo(bar.turns[0].id)}
        >
          <i style={{ width: `${bar.width * 100}%` }} />
        </button>
      </Tip>
    )
  },
  ({ bar: a, onGoTo: one }, { bar: b, onGoTo: other }) => {
    const isOfSameTurns = a.turns.every(({ id }, at) => id === b.turns[at]?.id)
    return one === other && isOfSameTurns && isSameShallow({ ...a, turns: null }, { ...b, turns: null })
  },
)

function Explanation({ bar }: { bar: Bar }): ReactNode {
  const usage = (key: 'inputTokens' | 'outputTokens') => bar.turns.reduce((sum, turn) => sum + turn.usage[key], 0)
  const isOne = bar.turns.length === 1
  const prompt = revealControls((bar.turns[0]?.prompt ?? '').trim().replace(/\s+/g, ' ').slice(0, 120))
  return (
    <span className={styles.explanation}>
      <b>{isOne ? `Turn ${bar.from}` : `Turns ${bar.from} to ${bar.to}`}</b>
      {bar.status === 'failed' && ' · failed'}
      {bar.status === 'live' && ' · runs'}
      {prompt !== '' && <span className={styles.prompt}>{prompt}</span>}
      <span>
        {formatDuration(bar.durationMs)} · {formatTokens(usage('inputTokens'))} in ·{' '}
        {formatTokens(usage('outputTokens'))} out
      </span>
      <small>Higher took longer, wider took more tokens</small>
    </span>
  )
}
