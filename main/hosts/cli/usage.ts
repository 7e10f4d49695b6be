import { builtInPrices, type PriceTable } from '../../../contract/domain/price.ts'
import { printableJson } from '../../../contract/domain/readableJson.ts'
import { noUsage } from '../../../contract/domain/usage.ts'
import { sumUsage, type UsageRow, type UsageSum } from '../../../contract/domain/usageReport.ts'
import { shortCount } from './describe.ts'
import { read } from './reading.ts'
import { defuse, oneLine, type Terminal } from './terminal.ts'

export const usageKeys = ['project', 'model', 'day'] as const
export type UsageKey = (typeof usageKeys)[number]

interface Options {
  /** A month unless given. */
  since?: number
  by: UsageKey
  json?: boolean
}

export interface UsageReport {
  since: number
  /** Whose days they are. */
  timeZone: string
  by: UsageKey
  sums: UsageSum<string | null>[]
  total: UsageSum<null>
  /** Whether all of it was paid with a key. */
  isPaid: boolean
  prices: PriceTable
}

export async function runUsage(terminal: Terminal, { since, by, json }: Options): Promise<number> {
  const from = since ?? readSince('30d', Date.now()) ?? 0
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const nothing = { usage: { rows: [] as UsageRow[], timeZone }, prices: builtInPrices }
  const { usage, prices } = await read(terminal, nothing, async (reader) => ({
    usage: await reader.call('usage/read', { since: from, timeZone }),
    prices: (await reader.call('price/list', {})).table,
  }))
  const report = reportUsage(usage.rows, { since: from, timeZone: usage.timeZone, by, prices })
  terminal.print(json ? printableJson(toJson(report)) : describeUsageReport(report))
  return 0
}

export function reportUsage(
  rows: UsageRow[],
  { since, timeZone, by, prices }: Pick<UsageReport, 'since' | 'timeZone' | 'by' | 'prices'>,
): UsageReport {
  const sums = sumUsage(rows, (row) => row[by], prices)
  const [total = { key: null, requestCount: 0, usage: noUsage, usd: null, unpriced: [] }] = sumUsage(
    rows,
    () => null,
    prices,
  )
  if (by !== 'day') sums.sort((a, b) => (b.usd ?? 0) - (a.usd ?? 0) || b.usage.totalTokens - a.usage.totalTokens)
  const isPaid = rows.length > 0 && rows.every(({ accountMode }) => accountMode === 'apiKey')
  return { since, timeZone, by, sums, total, isPaid, prices }
}

function toJson({ since, timeZone, by, sums, total, prices }: UsageReport) {
  const flat = ({ key: _key, ...numbers }: UsageSum<unknown>) => numbers
  return {
    since,
    timeZone,
    by,
    rows: sums.map((sum) => ({ [by]: sum.key, ...flat(sum) })),
    total: flat(total),
    prices: { asOf: prices.asOf, source: prices.source },
  }
}

const nobody: Record<UsageKey, string> = { project: '(no folder)', model: '(unknown model)', day: '' }
const longestName = 44

export function describeUsageReport({ since, timeZone, by, sums, total, isPaid, prices }: UsageReport): string {
  const from = since <= 0 ? '' : ` since ${new Intl.DateTimeFormat('sv', { timeZone }).format(since)}`
  if (sums.length === 0) return `Nothing was used${from}.`
  const rows = [
    [
      by === 'day' ? 'Day' : by === 'model' ? 'Model' : 'Project',
      'Requests',
      'Input',
      'Cached',
      'Reasoning',
      'Output',
      'Cost',
    ],
    ...sums.map((sum) => cells(oneLine(sum.key ?? nobody[by], longestName), sum)),
    cells('Total', total),
  ]
  const widths = (rows[0] as string[]).map((_head, column) =>
    Math.max(...rows.map((row) => (row[column] as string).length)),
  )
  const lines = rows.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[0] as number) : cell.padStart(widths[at] as number)))
      .join('  '),
  )
  return [
    `Used${from}, by ${by}; days of ${timeZone}.`,
    '',
    ...lines,
    '',
    `Cost at API prices of ${defuse(prices.asOf)} (${defuse(prices.source)})${isPaid ? '.' : '; a ChatGPT plan covers what was asked with it.'}`,
    ...(total.unpriced.length === 0
      ? []
      : [
          `No price is known for ${total.unpriced.map((model) => oneLine(model, longestName)).join(', ')}: put one into prices.json.`,
        ]),
  ].join('\n')
}

function cells(name: string, { requestCount, usage, usd, unpriced }: UsageSum<unknown>): string[] {
  const { inputTokens, cachedInputTokens, reasoningTokens, outputTokens } = usage
  return [
    name,
    String(requestCount),
    shortCount(inputTokens),
    inputTokens > 0 ? `${Math.floor((100 * cachedInputTokens) / inputTokens)} %` : '',
    shortCount(reasoningTokens),
    shortCount(outputTokens),
    usd === null ? 'no price' : `$${usd.toFixed(2)}${unpriced.length > 0 ? ' +?' : ''}`,
  ]
}

/** The begin of the day of this computer's zone that `text` names: `2026-11-24`, `7d` for today and six days before, or `all`. */
export function readSince(text: string, now: number): number | null {
  if (text === 'all') return 0
  const days = /^(\d{1,4})d$/.exec(text)?.[1]
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []
  const today = new Date(now)
  const at =
    days !== undefined
      ? new Date(today.getFullYear(), today.getMonth(), today.getDate() - Math.max(1, Number(days)) + 1)
      : new Date(Number(year), Number(month) - 1, Number(day))
  const isThere = days !== undefined || at.getMonth() === Number(month) - 1
  return isThere ? at.getTime() : null
}
