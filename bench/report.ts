import type { ArchivePoint, Timing } from './archive/measure.ts'
import type { BrowserMeasurement } from './browser/measureBrowser.ts'
import { isMet, type Target, type TrafficRow } from './targets.ts'

export function formatTable(header: string[], rows: string[][]): string {
  const widths = header.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: string[]) =>
    cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ')
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

export const formatNumber = (value: number, digits: number) => (Number.isFinite(value) ? value.toFixed(digits) : '-')

export function formatTraffic(rows: TrafficRow[]): string {
  const header = ['', 'burst p50', 'p99', 'lag p50', 'p99', 'first p50', 'req/s', 'ws p50', 'p99', 'MiB']
  return formatTable(
    header,
    rows.map((row) => [
      row.subject,
      formatNumber(row.burstP50Ms, 2),
      formatNumber(row.burstP99Ms, 2),
      formatNumber(row.lagP50Ms, 3),
      formatNumber(row.lagP99Ms, 3),
      formatNumber(row.firstEventP50Ms, 2),
      formatNumber(row.requestsPerSecond, 0),
      formatNumber(row.roundTripP50Ms, 3),
      formatNumber(row.roundTripP99Ms, 3),
      formatNumber(row.memoryMiB, 0),
    ]),
  )
}

export function formatTargets(targets: Target[]): string {
  return formatTable(
    ['target', 'measured', 'wanted', ''],
    targets.map((target) => [
      target.what,
      `${formatNumber(target.measured, 2)} ${target.unit}`,
      `${target.sense === 'atMost' ? '≤' : '≥'} ${target.limit} ${target.unit}`,
      isMet(target) ? 'met' : 'MISSED',
    ]),
  )
}

/** One row a question, two columns a size: p50 and p95. */
export function formatArchive(points: ArchivePoint[]): string {
  const header = ['', ...points.flatMap(({ exchanges }) => [`${exchanges.toLocaleString('en')} p50`, 'p95'])]
  const row = (name: string, pick: (point: ArchivePoint) => Timing | undefined) => [
    name,
    ...points.flatMap((point) => {
      const timing = pick(point)
      return [formatNumber(timing?.p50Ms ?? Number.NaN, 2), formatNumber(timing?.p95Ms ?? Number.NaN, 2)]
    }),
  ]
  const facts = (name: string, pick: (point: ArchivePoint) => number) => [
    name,
    ...points.flatMap((point) => [formatNumber(pick(point), 0), '']),
  ]
  return formatTable(header, [
    row('list, first page', (point) => point.list),
    row('list, half way down', (point) => point.listFurtherDown),
    row('open a session', (point) => point.open),
    row('usage over time', (point) => point.usage),
    row('search, all kinds', (point) => point.search),
    ...Object.keys(points[0]?.searchByKind ?? {}).map((kind) => row(`  ${kind}`, (point) => point.searchByKind[kind])),
    facts('file, MiB', (point) => point.fileMiB),
    facts('written a second', (point) => point.exchangesWrittenPerSecond),
  ])
}

export function formatBrowser({
  browser,
  sessions,
  firstRowsMs,
  frames,
  latencies,
  memory,
}: BrowserMeasurement): string {
  const scrolled = formatTable(
    ['scrolling', 'frames/s', 'dropped %', 'gap p95 ms', 'longest ms', 'long tasks'],
    Object.entries(frames).map(([name, frame]) => [
      name,
      formatNumber(frame.perSecond, 1),
      formatNumber(frame.droppedPercent, 1),
      formatNumber(frame.p95Ms, 1),
      formatNumber(frame.longestMs, 0),
      String(frame.longTasks),
    ]),
  )
  const answered = formatTable(
    ['milliseconds', 'p50', 'p95', 'times'],
    Object.entries(latencies).map(([name, { p50Ms, p95Ms, times }]) => [
      name,
      formatNumber(p50Ms, 0),
      formatNumber(p95Ms, 0),
      String(times),
    ]),
  )
  const weighed = formatTable(
    ['memory', 'MiB'],
    Object.entries(memory).map(([name, mebibytes]) => [name, formatNumber(mebibytes, 0)]),
  )
  const head = `Chromium ${browser}, ${sessions.toLocaleString('en')} sessions; the first rows after ${firstRowsMs.toFixed(0)} ms`
  return [head, scrolled, answered, weighed].join('\n\n')
}
