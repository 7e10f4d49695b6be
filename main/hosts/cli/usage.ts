import type { Result } from '../../../contract/api.ts'
import { builtInPrices, type PriceTable } from '../../../contract/domain/price.ts'
import { printableJson } from '../../../contract/domain/readableJson.ts'
import { writeUsageCsv } from '../../../contract/domain/usageCsv.ts'
import { sumUsage, type UsageSum } from '../../../contract/domain/usageReport.ts'
import { ReplyError } from '../../../contract/reply.ts'
import { describeUnpriced, describeUsageReport } from './describeUsage.ts'
import { read } from './reading.ts'
import { readSince } from './readOptions.ts'
import { defuse, type Terminal } from './terminal.ts'
import { reportUsage, type UsageKey, type UsageReport } from './usageReport.ts'

interface Options {
  /** A month unless given. */
  since?: number
  /** The end of the last day; now unless given. */
  until?: number
  by?: UsageKey
  json?: boolean
  csv?: boolean
}

interface Read {
  usage: Pick<Result<'usage/read'>, 'rows' | 'timeZone'>
  prices: PriceTable
  /** Why the user's own prices do not count. */
  problem: string | null
}

export async function runUsage(terminal: Terminal, { since, until, by, json, csv }: Options): Promise<number> {
  // The last moment of that day, as a month is counted from the day it lies in.
  const from = since ?? readSince('30d', until === undefined ? Date.now() : until - 1) ?? 0
  if (until !== undefined && until <= from) {
    throw new ReplyError('badRequest', '--until is before --since. Give a day that is not, or leave one of them out.')
  }
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const nothing = { usage: { rows: [], timeZone }, prices: builtInPrices, problem: null }
  const { usage, prices, problem } = await read<Read>(terminal, nothing, async (reader) => {
    const { table, problem } = await reader.call('price/list', {})
    return { usage: await reader.call('usage/read', { since: from, until, timeZone }), prices: table, problem }
  })
  if (problem !== null) terminal.complain(`tapedeck: ${problem}`)
  if (csv) {
    const text = writeUsageCsv(usage.rows, prices, by && [by])
    terminal.write(terminal.isInteractive ? defuse(text) : text)
    const [{ unpriced } = { unpriced: [] }] = sumUsage(usage.rows, () => null, prices)
    if (unpriced.length > 0) terminal.complain(`tapedeck: ${describeUnpriced(unpriced)}`)
    return 0
  }
  const asked = { since: from, until: until ?? null, timeZone: usage.timeZone, by: by ?? 'day', prices }
  const report = reportUsage(usage.rows, asked)
  terminal.print(json ? printableJson(toJson(report)) : describeUsageReport(report, terminal.columns))
  return 0
}

function toJson({ since, until, timeZone, by, sums, total, prices }: UsageReport) {
  const flat = ({ key: _key, ...numbers }: UsageSum<unknown>) => numbers
  return {
    since,
    until,
    timeZone,
    by,
    rows: sums.map((sum) => ({ [by]: sum.key, ...flat(sum) })),
    total: flat(total),
    prices: { asOf: prices.asOf, source: prices.source },
  }
}
