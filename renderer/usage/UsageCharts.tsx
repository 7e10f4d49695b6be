import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { cachedPercent, formatCount, formatPercent, formatTokens } from '../ui/formatting.ts'
import { formatUsd } from '../ui/money.ts'
import { splitTokens } from './tokenKinds.ts'
import styles from './UsageCharts.module.css'
import { type Bucket, lastUsed, roundUp } from './usageBuckets.ts'

/** More labels than this run into each other in a narrow window. */
const labels = 6
const tones = ['cached', 'fresh', 'reasoning', 'output'] as const

/**
 * Cost, tokens and cache hits over one axis of time. What the pointer or the arrow keys choose is told in words above; the
 * drawing is one slider, so that a keyboard steps through the time with one stop of Tab.
 */
export function UsageCharts({ buckets }: { buckets: Bucket[] }) {
  const [chosen, setChosen] = useState<number | null>(null)
  const [pointed, setPointed] = useState<number | null>(null)
  const last = buckets.length - 1
  const at = Math.min(pointed ?? chosen ?? lastUsed(buckets), last)
  const bucket = buckets[at]
  if (!bucket) return null
  const highestUsd = roundUp(Math.max(...buckets.map(({ usd }) => usd ?? 0)))
  const highestTokens = roundUp(Math.max(...buckets.map(({ usage }) => usage.inputTokens + usage.outputTokens)))
  const hasCost = buckets.some(({ usd }) => usd !== null)
  const step = 100 / buckets.length
  // One of a few days is no wall.
  const width = Math.min(6, step * (buckets.length <= 10 ? 0.44 : 0.72))
  const left = (index: number) => index * step + (step - width) / 2

  function onKeyDown(event: KeyboardEvent) {
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key]
    if (next === undefined) return
    setChosen(Math.max(0, Math.min(last, next)))
    setPointed(null)
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className={styles.charts}>
      <Readout bucket={bucket} />
      <div
        className={styles.plots}
        role="slider"
        tabIndex={0}
        aria-label="Usage over time"
        aria-valuemin={1}
        aria-valuemax={buckets.length}
        aria-valuenow={at + 1}
        aria-valuetext={describeBucket(bucket)}
        onKeyDown={onKeyDown}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          const index = Math.floor((buckets.length * (event.clientX - box.left)) / box.width)
          setPointed(Math.max(0, Math.min(last, index)))
        }}
        onPointerDown={() => setChosen(at)}
        onPointerLeave={() => setPointed(null)}
      >
        <span className={styles.chosen} style={{ left: `${at * step}%`, width: `${step}%` }} aria-hidden />
        {hasCost && (
          <Strip name="Cost" top={formatUsd(highestUsd)}>
            {buckets.map(({ key, usd }, index) => (
              <Bar key={key} x={left(index)} width={width} from={0} to={(100 * (usd ?? 0)) / highestUsd} tone="cost" />
            ))}
          </Strip>
        )}
        <Strip name="Tokens" top={formatTokens(highestTokens)} isTall>
          {buckets.map(({ key, usage }, index) => {
            const kinds = splitTokens(usage)
            let from = 0
            return tones.map((tone) => {
              const start = from
              from += (100 * kinds[tone]) / highestTokens
              return <Bar key={`${key} ${tone}`} x={left(index)} width={width} from={start} to={from} tone={tone} />
            })
          })}
        </Strip>
        <Strip name="Input from the cache" top={formatPercent(100)}>
          {buckets.map(({ key, usage }, index) => {
            const percent = cachedPercent(usage)
            return percent === null ? null : (
              <g key={key}>
                <Bar x={left(index)} width={width} from={0} to={100} tone="track" />
                <Bar x={left(index)} width={width} from={0} to={percent} tone="rate" />
              </g>
            )
          })}
        </Strip>
      </div>
      <div className={styles.axis} aria-hidden>
        {ticksOf(buckets.length).map((index) => (
          <Tick key={index} at={(index + 0.5) * step} isEdge={index === last && buckets.length > 7}>
            {buckets[index]?.shortName}
          </Tick>
        ))}
      </div>
    </div>
  )
}

function Strip({ name, top, isTall, children }: { name: string; top: string; isTall?: boolean; children: ReactNode }) {
  return (
    <div className={styles.strip} data-tall={isTall || undefined}>
      <span className={styles.name}>{name}</span>
      <span className={styles.scale}>{top}</span>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        {[0, 50, 100].map((y) => (
          <line key={y} className={styles.grid} x1={0} x2={100} y1={y} y2={y} />
        ))}
        {children}
      </svg>
    </div>
  )
}

function Bar({ x, width, from, to, tone }: { x: number; width: number; from: number; to: number; tone: string }) {
  return to <= from ? null : <rect data-tone={tone} x={x} y={100 - to} width={width} height={to - from} />
}

function Tick({ at, isEdge, children }: { at: number; isEdge: boolean; children: ReactNode }) {
  return isEdge ? <span data-edge>{children}</span> : <span style={{ left: `${at}%` }}>{children}</span>
}

function Readout({ bucket }: { bucket: Bucket }) {
  const kinds = splitTokens(bucket.usage)
  const percent = cachedPercent(bucket.usage)
  return (
    <div className={styles.readout}>
      <b>{bucket.name}</b>
      {bucket.requestCount === 0 ? (
        <span>nothing</span>
      ) : (
        <>
          <span>{bucket.usd === null ? 'no price' : formatUsd(bucket.usd)}</span>
          {tones.map((tone) => (
            <span key={tone}>
              <i data-tone={tone} aria-hidden />
              {formatTokens(kinds[tone])} {tone}
            </span>
          ))}
          {percent !== null && <span>{formatPercent(percent)} from the cache</span>}
        </>
      )}
    </div>
  )
}

function describeBucket(bucket: Bucket): string {
  if (bucket.requestCount === 0) return `${bucket.name}: nothing`
  const kinds = splitTokens(bucket.usage)
  const percent = cachedPercent(bucket.usage)
  return [
    `${bucket.name}: ${bucket.usd === null ? 'no price' : formatUsd(bucket.usd)}`,
    ...tones.map((tone) => `${formatTokens(kinds[tone])} ${tone}`),
    ...(percent === null ? [] : [`${formatPercent(percent)} from the cache`]),
    formatCount(bucket.requestCount, 'request'),
  ].join(', ')
}

/** Which buckets are named under the axis: evenly apart, and the last one always. */
function ticksOf(count: number): number[] {
  const apart = Math.max(1, Math.ceil(count / labels))
  const ticks: number[] = []
  for (let index = count - 1; index >= 0; index -= apart) ticks.push(index)
  return ticks
}
