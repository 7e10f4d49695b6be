import type { ReactNode } from 'react'
import styles from './UsageCharts.module.css'

/** One drawing over the axis of time. Its scale stands beside it, so that nothing is written over what is drawn. */
export function UsageStrip({
  name,
  legend,
  scale,
  height,
  chosen,
  years,
  children,
}: {
  name: string
  legend?: ReactNode
  /** At the top and in the middle; below is 0. */
  scale: [top: string, middle: string]
  height: 'tall' | 'middle' | 'low'
  /** Where the column lies that is told of. */
  chosen: { left: number; width: number } | null
  /** Where a year begins. */
  years: number[]
  children: ReactNode
}) {
  return (
    <div className={styles.strip}>
      <div className={styles.stripHead}>
        <span className={styles.name}>{name}</span>
        {legend}
      </div>
      <div className={styles.scale}>
        <span>{scale[0]}</span>
        <span>{scale[1]}</span>
        <span>0</span>
      </div>
      <svg data-height={height} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        {chosen && <rect className={styles.chosen} x={chosen.left} y={0} width={chosen.width} height={100} />}
        {[0, 50, 100].map((y) => (
          <line key={y} className={styles.grid} x1={0} x2={100} y1={y} y2={y} />
        ))}
        {years.map((x) => (
          <line key={x} className={styles.year} x1={x} x2={x} y1={0} y2={100} />
        ))}
        {children}
      </svg>
    </div>
  )
}

/** Below this an edge would be all that is seen of a bar. */
const thin = 2
const leastSeen = 1

export function Bar({
  x,
  width,
  from,
  to,
  tone,
}: {
  x: number
  width: number
  from: number
  to: number
  tone: string
}) {
  if (to <= from) return null
  const height = to - from
  const isThin = height < thin
  // What is almost nothing is still seen to be there where nothing lies below it.
  const seen = isThin && from === 0 ? Math.max(height, leastSeen) : height
  return (
    <rect data-tone={tone} data-thin={isThin || undefined} x={x} y={100 - from - seen} width={width} height={seen} />
  )
}

/** The colour of what is named beside it. */
export function Swatch({ tone }: { tone: string }) {
  return <i className={styles.swatch} data-tone={tone} aria-hidden />
}
