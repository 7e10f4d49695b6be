import type { UsageSum } from '../../../contract/domain/usageReport.ts'
import { shortCount, shortFolder, wrap } from './formatting.ts'
import { oneLine } from './terminal.ts'
import type { UsageKey, UsageReport } from './usageReport.ts'

const heads: Record<UsageKey, string> = { day: 'Day', model: 'Model', project: 'Project' }
const nobody: Record<UsageKey, string> = { day: '', model: '(unknown model)', project: '(no folder)' }
const longestName = 44
/** Of a name that is longer, so much is left before a column has to go. */
const shortestName = 16
const gap = 2

interface Column {
  head: string
  cell(sum: UsageSum<unknown>): string
}

const columns = {
  requests: { head: 'Requests', cell: ({ requestCount }) => String(requestCount) },
  input: { head: 'Input', cell: ({ usage }) => shortCount(usage.inputTokens) },
  cached: { head: 'Cached', cell: ({ usage }) => cachedShare(usage) },
  output: { head: 'Output', cell: ({ usage }) => shortCount(usage.outputTokens) },
  reasoning: { head: 'of which reasoning', cell: ({ usage }) => shortCount(usage.reasoningTokens) },
  cost: { head: 'Cost', cell: ({ usd, unpriced }) => cost(usd, unpriced.length > 0) },
} satisfies Record<string, Column>

/** Those that a narrow terminal does without, the least missed first. */
const expendable: Column[] = [columns.reasoning, columns.cached, columns.requests]

/** A table that fits into the terminal, and what its costs are. */
export function describeUsageReport(report: UsageReport, width: number | null): string {
  const { timeZone, by, sums, total, isPaid, prices } = report
  const time = describeTime(report)
  if (sums.length === 0) {
    return wrap(
      `Nothing was used${time}.${time === '' ? '' : ' Look at all that is recorded with:  --since all'}`,
      width,
    )
  }
  return [
    wrap(`Used${time}, by ${by}; days of ${timeZone}.`, width),
    '',
    ...layOut(by, sums, total, width),
    '',
    wrap(
      `Cost at API prices of ${prices.asOf} (${prices.source})${isPaid ? '.' : '; a ChatGPT plan covers what was asked with it.'}`,
      width,
    ),
    ...(total.unpriced.length === 0 ? [] : [wrap(describeUnpriced(total.unpriced), width)]),
  ].join('\n')
}

export function describeUnpriced(models: string[]): string {
  return `No price is known for ${models.map((model) => oneLine(model, longestName)).join(', ')}: put one into prices.json of the data folder.`
}

/** The first and the last day; nothing where it is all of the time. */
function describeTime({ since, until, timeZone }: UsageReport): string {
  const day = (at: number) => new Intl.DateTimeFormat('sv', { timeZone }).format(at)
  if (until === null) return since <= 0 ? '' : ` since ${day(since)}`
  return since <= 0 ? ` until ${day(until - 1)}` : ` from ${day(since)} to ${day(until - 1)}`
}

/** A total that is not the sum of the rounded costs above it says so. */
function layOut(by: UsageKey, sums: UsageSum<string | null>[], total: UsageSum<null>, width: number | null): string[] {
  const rows = [...sums, total]
  const name = (sum: UsageSum<string | null>, maxLength: number) => {
    if (sum === total) return 'Total'
    if (sum.key === null) return nobody[by]
    return by === 'project' ? shortFolder(sum.key, maxLength) : oneLine(sum.key, maxLength)
  }
  const sumOfShown = sums.reduce((sum, { usd }) => sum + Math.round((usd ?? 0) * 100), 0)
  const isRounded = total.usd !== null && sumOfShown !== Math.round(total.usd * 100)
  const shownCell = ({ head, cell }: Column, row: UsageSum<string | null>) =>
    row === total && isRounded && head === columns.cost.head ? `≈ ${cell(row)}` : cell(row)
  const widthOf = (column: Column) => Math.max(column.head.length, ...rows.map((row) => shownCell(column, row).length))
  const longest = Math.max(heads[by].length, ...rows.map((row) => name(row, longestName).length))
  const roomBeside = (shown: Column[]) =>
    width === null ? longest : width - shown.reduce((sum, column) => sum + gap + widthOf(column), 0)

  let shown: Column[] = Object.values(columns)
  for (const column of expendable) {
    if (roomBeside(shown) >= Math.min(longest, shortestName)) break
    shown = shown.filter((other) => other !== column)
  }
  const nameWidth = Math.max(heads[by].length, Math.min(longest, roomBeside(shown)))
  const line = (first: string, cells: string[]) =>
    [first.padEnd(nameWidth), ...cells.map((cell, at) => cell.padStart(widthOf(shown[at] as Column)))].join(
      ' '.repeat(gap),
    )
  return [
    line(
      heads[by],
      shown.map(({ head }) => head),
    ),
    ...rows.map((row) =>
      line(
        name(row, nameWidth),
        shown.map((column) => shownCell(column, row)),
      ),
    ),
  ]
}

/** Rounded down: 100 % means all of it. */
function cachedShare({ inputTokens, cachedInputTokens }: UsageSum<unknown>['usage']): string {
  return inputTokens > 0 ? `${Math.floor((100 * cachedInputTokens) / inputTokens)} %` : ''
}

function cost(usd: number | null, isPartial: boolean): string {
  return usd === null ? 'no price' : `$${usd.toFixed(2)}${isPartial ? ' +?' : ''}`
}
