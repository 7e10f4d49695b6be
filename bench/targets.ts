import type { ArchivePoint } from './archive/measure.ts'
import { median, percentile } from './statistics.ts'
import type { SubjectSamples, TrafficSamples } from './traffic.ts'

export interface Target {
  what: string
  measured: number
  /** `atMost` or `atLeast` this. */
  limit: number
  sense: 'atMost' | 'atLeast'
  unit: string
}

export const isMet = ({ measured, limit, sense }: Target) =>
  sense === 'atMost' ? measured <= limit : measured >= limit

/** What Tapedeck is held to, as ratios to http-proxy alone in the same run. Empty when one of them was left out. */
export function judgeTraffic(samples: TrafficSamples): Target[] {
  const direct = samples.get('direct')
  const bare = samples.get('httpProxy')
  const ours = samples.get('tapedeck')
  if (!direct || !bare || !ours) return []

  const addedRatio = (pick: (subject: SubjectSamples) => number[]) =>
    (median(pick(ours)) - median(pick(direct))) / (median(pick(bare)) - median(pick(direct)))
  const added = (what: string, pick: (subject: SubjectSamples) => number[]): Target => ({
    what: `${what}: added p50, by what http-proxy adds`,
    measured: addedRatio(pick),
    limit: 1.5,
    sense: 'atMost',
    unit: '×',
  })
  return [
    added('burst', (subject) => subject.burstMs),
    added('lag of an event', (subject) => subject.lagMs),
    added('WebSocket round trip', (subject) => subject.roundTripMs),
    {
      what: 'small requests a second, by those of http-proxy',
      measured: median(ours.requestsPerSecond) / median(bare.requestsPerSecond),
      limit: 0.6,
      sense: 'atLeast',
      unit: '×',
    },
    {
      what: 'memory after 1,000 exchanges, by that of http-proxy',
      measured: (ours.memoryBytes ?? Number.NaN) / (bare.memoryBytes ?? Number.NaN),
      limit: 2,
      sense: 'atMost',
      unit: '×',
    },
  ]
}

export interface TrafficRow {
  subject: string
  burstP50Ms: number
  burstP99Ms: number
  lagP50Ms: number
  lagP99Ms: number
  firstEventP50Ms: number
  requestsPerSecond: number
  roundTripP50Ms: number
  roundTripP99Ms: number
  memoryMiB: number
}

export function summarizeTraffic(samples: TrafficSamples): TrafficRow[] {
  return [...samples].map(([subject, own]) => ({
    subject,
    burstP50Ms: median(own.burstMs),
    burstP99Ms: percentile(own.burstMs, 0.99),
    lagP50Ms: median(own.lagMs),
    lagP99Ms: percentile(own.lagMs, 0.99),
    firstEventP50Ms: median(own.firstEventMs),
    requestsPerSecond: median(own.requestsPerSecond),
    roundTripP50Ms: median(own.roundTripMs),
    roundTripP99Ms: percentile(own.roundTripMs, 0.99),
    memoryMiB: (own.memoryBytes ?? Number.NaN) / 1024 / 1024,
  }))
}

/** Of an archive that grew; `points` are of rising size. */
export function judgeArchive(points: ArchivePoint[]): Target[] {
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last) return []
  const size = `${last.exchanges.toLocaleString('en')} exchanges`
  const absolute: Target[] = [
    { what: `list, p95, ${size}`, measured: last.list.p95Ms, limit: 50, sense: 'atMost', unit: 'ms' },
    { what: `usage, p95, ${size}`, measured: last.usage.p95Ms, limit: 100, sense: 'atMost', unit: 'ms' },
    { what: `search, p95, ${size}`, measured: last.search.p95Ms, limit: 100, sense: 'atMost', unit: 'ms' },
  ]
  if (points.length < 2) return absolute
  const logarithmic = Math.log(last.exchanges) / Math.log(first.exchanges)
  const growth = (['list', 'open', 'search'] as const).map(
    (what): Target => ({
      what: `${what}: p50, by that of ${first.exchanges.toLocaleString('en')} exchanges`,
      measured: last[what].p50Ms / first[what].p50Ms,
      limit: Number(logarithmic.toFixed(2)),
      sense: 'atMost',
      unit: '×',
    }),
  )
  return [...absolute, ...growth]
}
