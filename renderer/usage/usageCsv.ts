import { type PriceTable, priceGroups } from '../../contract/domain/price.ts'
import { addUsage, noUsage } from '../../contract/domain/usage.ts'
import type { UsageRow } from '../../contract/domain/usageReport.ts'

const heads = [
  ...['Day', 'Project', 'Model', 'Account', 'Requests'],
  ...['Input tokens', 'Cached input tokens', 'Output tokens', 'Reasoning tokens', 'Total tokens', 'Cost in USD'],
]
const accounts = { chatgpt: 'ChatGPT', apiKey: 'API key' }

/**
 * The numbers as other programs take them: a line for each day, project, model and account, whole tokens, and the cost with all
 * its places; empty where there is no price.
 */
export function writeUsageCsv(rows: UsageRow[], prices: PriceTable): string {
  const groups = Map.groupBy(rows, ({ day, project, model, accountMode }) =>
    JSON.stringify([day, project, model, accountMode]),
  )
  const lines = [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const usage = group.reduce((sum, row) => addUsage(sum, row.usage), noUsage)
    const usd = priceGroups(prices, group)?.usd ?? null
    return [
      [
        first.day,
        first.project ?? '',
        first.model ?? '',
        first.accountMode === null ? '' : accounts[first.accountMode],
        group.reduce((sum, { requestCount }) => sum + requestCount, 0),
        usage.inputTokens,
        usage.cachedInputTokens,
        usage.outputTokens,
        usage.reasoningTokens,
        usage.totalTokens,
        usd === null ? '' : Number(usd.toFixed(6)),
      ],
    ]
  })
  return [heads, ...lines].map((cells) => `${cells.map(writeCell).join(',')}\r\n`).join('')
}

/** What begins like a formula is one for a spreadsheet, and names of folders and models are anybody's: a quote makes it a text. */
function writeCell(cell: string | number): string {
  if (typeof cell === 'number') return String(cell)
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
