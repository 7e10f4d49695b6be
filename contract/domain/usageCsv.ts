import type { PriceTable } from './price.ts'
import { sumUsage, type UsageRow } from './usageReport.ts'

const accounts = { chatgpt: 'ChatGPT', apiKey: 'API key' }

const keys = {
  day: { head: 'Day', read: (row: UsageRow) => row.day },
  project: { head: 'Project', read: (row: UsageRow) => row.project ?? '' },
  model: { head: 'Model', read: (row: UsageRow) => row.model ?? '' },
  account: { head: 'Account', read: (row: UsageRow) => (row.accountMode === null ? '' : accounts[row.accountMode]) },
}
export type UsageCsvKey = keyof typeof keys
const allKeys = Object.keys(keys) as UsageCsvKey[]

const numberHeads = [
  ...['Requests', 'Input tokens', 'Cached input tokens', 'Output tokens'],
  ...['Reasoning tokens', 'Total tokens', 'Cost in USD'],
]

/**
 * The numbers as other programs take them: a line for each day, project, model and account, or for each of what `by` names, with
 * whole tokens, and the cost with all its places. That is empty where a part of it has no price: half a sum looks like a whole one.
 */
export function writeUsageCsv(rows: UsageRow[], prices: PriceTable, by: readonly UsageCsvKey[] = allKeys): string {
  const read = (row: UsageRow) => by.map((key) => keys[key].read(row))
  const lines = sumUsage(rows, (row) => JSON.stringify(read(row)), prices).map(
    ({ key, requestCount, usage, usd, unpriced }) => [
      ...(JSON.parse(key) as string[]),
      requestCount,
      usage.inputTokens,
      usage.cachedInputTokens,
      usage.outputTokens,
      usage.reasoningTokens,
      usage.totalTokens,
      usd === null || unpriced.length > 0 ? '' : Number(usd.toFixed(6)),
    ],
  )
  const heads = [...by.map((key) => keys[key].head), ...numberHeads]
  return [heads, ...lines].map((cells) => `${cells.map(writeCell).join(',')}\r\n`).join('')
}

/** What begins like a formula is one for a spreadsheet, and names of folders and models are anybody's: a quote makes it a text. */
function writeCell(cell: string | number): string {
  if (typeof cell === 'number') return String(cell)
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
