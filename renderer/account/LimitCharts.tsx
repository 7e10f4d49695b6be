import { type PointerEvent, useMemo, useState } from 'react'
import type { Limits } from '../../contract/domain/limits.ts'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './LimitCharts.module.css'
import { type DayTick, findNearest, layOutStrips, type Strip } from './limitStrips.ts'

/** Beyond it a label would stand outside of the strip. */
const lastLabelX = 92

/** Two strips over one axis of time: the windows of hours as bars, those of days as a line. */
export function LimitCharts({
  history,
  days,
  now,
  isOver,
}: {
  history: Limits[]
  days: number
  now: number
  /** Of an account that is not signed in any more: what was told last is nothing of now. */
  isOver: boolean
}) {
  const strips = useMemo(() => layOutStrips(history, days, now), [history, days, now])
  const shown = [strips.short, strips.long].filter(({ marks }) => marks.length > 0)
  return (
    <div className={styles.charts}>
      {shown.map((strip) => (
        <StripChart
          key={`${strip.title} ${days}`}
          strip={strip}
          days={strips.days}
          isLast={strip === shown.at(-1)}
          isOver={isOver}
        />
      ))}
    </div>
  )
}

/**
 * One strip. What the pointer or the arrow keys choose is told in words above it; the slider lies unseen over the drawing, so
 * that a keyboard and a screen reader step through the numbers with one stop of Tab.
 */
function StripChart({
  strip,
  days,
  isLast,
  isOver,
}: {
  strip: Strip
  days: DayTick[]
  /** Below it the days have their names. */
  isLast: boolean
  isOver: boolean
}) {
  const [chosen, setChosen] = useState<number | null>(null)
  const [pointed, setPointed] = useState<number | null>(null)
  const { marks, fullWords } = strip
  const title = revealControls(strip.title)
  const isTold = !isOver || pointed !== null || chosen !== null
  const index = Math.min(pointed ?? chosen ?? marks.length - 1, marks.length - 1)
  const mark = marks[index]
  if (!mark) return null

  function nearest(event: PointerEvent<HTMLDivElement>): number {
    const box = event.currentTarget.getBoundingClientRect()
    return findNearest(marks, (100 * (event.clientX - box.left)) / box.width)
  }

  return (
    <figure className={styles.strip}>
      <figcaption>
        <span>{title}</span>
        <span className={styles.words}>{isTold && mark.words}</span>
      </figcaption>
      <div className={styles.scale} aria-hidden>
        <span>100&nbsp;%</span>
        <span>0</span>
      </div>
      <div
        className={styles.plot}
        onPointerMove={(event) => setPointed(nearest(event))}
        onPointerDown={(event) => setChosen(nearest(event))}
        onPointerLeave={() => setPointed(null)}
      >
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {days.map(({ x }) => (
            <line key={x} className={styles.tick} x1={x} x2={x} y1={0} y2={100} />
          ))}
          <line className={styles.grid} x1={0} x2={100} y1={0} y2={0} />
          <line className={styles.grid} x1={0} x2={100} y1={50} y2={50} />
          <line className={styles.grid} x1={0} x2={100} y1={100} y2={100} />
          {strip.runs.length > 0 ? <Line strip={strip} /> : <Bars strip={strip} chosen={isTold ? index : -1} />}
        </svg>
        {strip.runs.length > 0 && isTold && (
          <span className={styles.dot} style={{ left: `${mark.left}%`, top: `${100 - mark.percent}%` }} aria-hidden />
        )}
        <input
          type="range"
          className={styles.slider}
          min={0}
          max={marks.length - 1}
          step={1}
          value={index}
          onFocus={() => isOver && setChosen(index)}
          onChange={(event) => setChosen(Number(event.target.value))}
          aria-label={`${title}, one by one`}
          aria-valuetext={mark.words}
        />
      </div>
      {isLast && (
        <div className={styles.days} aria-hidden>
          {days.map(({ x, label }) => (
            <span key={x} style={{ left: `${x}%` }}>
              {x < lastLabelX && label}
            </span>
          ))}
        </div>
      )}
      {fullWords && <p className={styles.fullWords}>{fullWords}</p>}
    </figure>
  )
}

/** What is empty still shows that it was there. */
const leastPercent = 2

function Bars({ strip, chosen }: { strip: Strip; chosen: number }) {
  return strip.marks.map(({ left, width, percent, isFull }, index) => {
    const height = Math.max(leastPercent, percent)
    return (
      <rect
        key={left}
        className={styles.bar}
        data-full={isFull || undefined}
        data-chosen={index === chosen || undefined}
        x={left}
        y={100 - height}
        width={width}
        height={height}
      />
    )
  })
}

function Line({ strip }: { strip: Strip }) {
  return strip.runs.map(({ corners, resetX }) => {
    const [first, last] = [corners[0], corners.at(-1)]
    if (!first || !last) return null
    const points = corners.map(({ x, percent }) => `${x},${100 - percent}`)
    return (
      <g key={first.x}>
        {resetX !== null && <line className={styles.reset} x1={resetX} x2={resetX} y1={0} y2={100} />}
        <polygon className={styles.area} points={[`${first.x},100`, ...points, `${last.x},100`].join(' ')} />
        <polyline className={styles.line} points={points.join(' ')} />
      </g>
    )
  })
}
