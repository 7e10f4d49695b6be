import { type CSSProperties, useMemo, useRef } from 'react'
import type { UsageSum } from '../../contract/domain/usageReport.ts'
import { useRoom } from '../conversation/useRoom.ts'
import { cachedPercent, formatCount, formatPercent, formatTokens } from '../ui/formatting.ts'
import { formatUsd } from '../ui/money.ts'
import { StepSlider } from '../ui/StepSlider.tsx'
import { type FormatAmount, useFormatAmount } from './amounts.ts'
import { layOutTicks } from './timeTicks.ts'
import { splitTokens, tellTokens, tokenKinds } from './tokenKinds.ts'
import styles from './UsageCharts.module.css'
import { Bar, Swatch, UsageStrip } from './UsageStrip.tsx'
import { type Bucket, lastUsed, roundUp } from './usageBuckets.ts'
import type { BucketSums } from './usageSeries.ts'

/** A label and the space beside it. */
const tickPx = 72
const mostTicks = 9
/** Beside the drawings, for their scales. */
const gutterPx = 48

/** A colour of the cost, from the bottom up, with what it cost in each bucket. */
export interface StackLayer {
  tone: string
  name: string
  sums: BucketSums
}

/**
 * Cost, tokens and cache hits over one axis of time. Which time is told of is the caller's; the drawing is one slider, so that a
 * keyboard steps through the time with one stop of Tab.
 */
export function UsageCharts({
  buckets,
  needsYears,
  layers,
  costName,
  whole,
  chosen,
  isSettled,
  onPoint,
  onStep,
  onPress,
  onOpen,
}: {
  buckets: Bucket[]
  needsYears: boolean
  layers: StackLayer[]
  costName: string
  /** What is told of while no column is. */
  whole: Pick<UsageSum<unknown>, 'usage'>
  /** The column that is told of. */
  chosen: number | null
  /** It was pressed or stepped to, and is not just pointed at. */
  isSettled: boolean
  onPoint(index: number | null): void
  onStep(index: number): void
  onPress(index: number | null): void
  onOpen(index: number): void
}) {
  const formatAmount = useFormatAmount()
  const last = buckets.length - 1
  const at = chosen ?? lastUsed(buckets)
  const bucket = buckets[at]
  const axis = useRef<HTMLDivElement>(null)
  const { width: axisPx } = useRoom(axis)
  const most = Math.max(2, Math.min(mostTicks, Math.floor(axisPx / tickPx)))
  const ticks = useMemo(() => layOutTicks(buckets, { most, needsYears }), [buckets, most, needsYears])
  if (!bucket) return null
  const told = chosen === null ? whole : bucket
  const hasCost = buckets.some(({ usd }) => usd !== null)
  const step = 100 / buckets.length
  // One of a few days is no wall.
  const width = Math.min(6, step * (buckets.length <= 10 ? 0.44 : 0.72))
  const left = (index: number) => index * step + (step - width) / 2
  const frame = {
    chosen: chosen === null ? null : { left: chosen * step, width: step },
    years: buckets.flatMap(({ year }, index) => (index > 0 && buckets[index - 1]?.year !== year ? [index * step] : [])),
  }

  return (
    <div className={styles.charts} style={{ '--gutter': `${gutterPx}px` } as CSSProperties}>
      <StepSlider
        className={styles.plots}
        label="Usage over time"
        count={buckets.length}
        at={at}
        words={describeBucket(bucket, layers, formatAmount)}
        gutterPx={gutterPx}
        onStep={onStep}
        onOpen={(index) => bucket.requestCount > 0 && onOpen(index)}
        onLetGo={() => {
          if (isSettled) onPress(null)
          return isSettled
        }}
        onPoint={onPoint}
        onPress={onPress}
      >
        {hasCost && <CostStrip name={costName} buckets={buckets} layers={layers} bar={{ left, width }} frame={frame} />}
        <TokenStrip buckets={buckets} told={told} bar={{ left, width }} frame={frame} />
        <CacheStrip buckets={buckets} told={told} bar={{ left, width }} frame={frame} />
      </StepSlider>
      <div ref={axis} className={styles.axis} data-years={needsYears || undefined} aria-hidden>
        {ticks.map(({ index, label, year }) => (
          <span
            key={index}
            data-edge={(index === last && buckets.length > 7) || undefined}
            style={{ left: `${(index + 0.5) * step}%` }}
          >
            {label}
            {year !== null && <b>{year}</b>}
          </span>
        ))}
      </div>
    </div>
  )
}

interface Placed {
  buckets: Bucket[]
  bar: { left(index: number): number; width: number }
  frame: { chosen: { left: number; width: number } | null; years: number[] }
}

function CostStrip({ name, layers, buckets, bar, frame }: Placed & { name: string; layers: StackLayer[] }) {
  const highest = roundUp(Math.max(...buckets.map(({ usd }) => usd ?? 0)))
  return (
    <UsageStrip name={name} scale={[formatScaleUsd(highest), formatScaleUsd(highest / 2)]} height="tall" {...frame}>
      {buckets.map(({ key }, index) => {
        let from = 0
        return layers.map(({ tone, name: layer, sums }) => {
          const start = from
          from += (100 * (sums.get(key)?.usd ?? 0)) / highest
          return (
            <Bar key={`${key} ${layer}`} x={bar.left(index)} width={bar.width} from={start} to={from} tone={tone} />
          )
        })
      })}
    </UsageStrip>
  )
}

function TokenStrip({ buckets, told, bar, frame }: Placed & { told: Pick<Bucket, 'usage'> }) {
  const highest = roundUp(Math.max(...buckets.map(({ usage }) => usage.inputTokens + usage.outputTokens)))
  return (
    <UsageStrip
      name="Tokens"
      scale={[formatTokens(highest), formatTokens(highest / 2)]}
      height="middle"
      legend={tokenKinds.map((kind) => (
        <span key={kind}>
          <Swatch tone={kind} />
          {tellTokens(told.usage, kind)}
        </span>
      ))}
      {...frame}
    >
      {buckets.map(({ key, usage }, index) => {
        const kinds = splitTokens(usage)
        let from = 0
        return tokenKinds.map((kind) => {
          const start = from
          from += (100 * kinds[kind]) / highest
          return <Bar key={`${key} ${kind}`} x={bar.left(index)} width={bar.width} from={start} to={from} tone={kind} />
        })
      })}
    </UsageStrip>
  )
}

function CacheStrip({ buckets, told, bar, frame }: Placed & { told: Pick<Bucket, 'usage'> }) {
  const percent = cachedPercent(told.usage)
  return (
    <UsageStrip
      name="Input from the cache"
      scale={[formatPercent(100), formatPercent(50)]}
      height="low"
      legend={percent !== null && <span>{formatPercent(percent)}</span>}
      {...frame}
    >
      {buckets.map(({ key, usage }, index) => {
        const share = cachedPercent(usage)
        return share === null ? null : (
          <g key={key}>
            <Bar x={bar.left(index)} width={bar.width} from={0} to={100} tone="track" />
            <Bar x={bar.left(index)} width={bar.width} from={0} to={share} tone="cached" />
          </g>
        )
      })}
    </UsageStrip>
  )
}

/** `$10`, `$2.50`, `$0.005`: a scale has no more places than it needs. */
function formatScaleUsd(usd: number): string {
  if (usd >= 1) return formatUsd(usd).replace(/\.00$/, '')
  const exact = Number(usd.toPrecision(2))
  return `$${/\.\d$/.test(String(exact)) ? exact.toFixed(2) : exact}`
}

function describeBucket(bucket: Bucket, layers: StackLayer[], formatAmount: FormatAmount): string {
  if (bucket.requestCount === 0) return `${bucket.name}: nothing`
  const percent = cachedPercent(bucket.usage)
  const parts = layers.flatMap(({ name, sums }) => {
    const usd = sums.get(bucket.key)?.usd ?? null
    return usd === null ? [] : [`${name} ${formatAmount(usd)}`]
  })
  return [
    `${bucket.name}: ${bucket.usd === null ? 'no price' : formatAmount(bucket.usd)}`,
    ...(parts.length > 1 ? parts : []),
    ...tokenKinds.map((kind) => tellTokens(bucket.usage, kind)),
    ...(percent === null ? [] : [`${formatPercent(percent)} from the cache`]),
    formatCount(bucket.requestCount, 'request'),
  ].join(', ')
}
