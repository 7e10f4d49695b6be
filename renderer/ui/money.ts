import type { AccountMode } from '../../contract/domain/account.ts'
import type { Cost } from '../../contract/domain/price.ts'

/** `$0.42`, `$12.40`, `$1,204`; what is less than a cent says so. */
export function formatUsd(usd: number): string {
  if (usd > 0 && usd < 0.005) return '< $0.01'
  if (usd < 1_000) return `$${usd.toFixed(2)}`
  return `$${Math.round(usd).toLocaleString('en')}`
}

/** With a key it is what is paid; on a plan it is what the same tokens would cost. */
export function formatCost(usd: number, accountMode: AccountMode | null): string {
  if (accountMode === 'apiKey') return formatUsd(usd)
  const sum = formatUsd(usd)
  return `${sum.startsWith('<') ? '' : '≈ '}${sum} at API prices`
}

/** As `formatCost`, where there is little room. */
export function formatShortCost(usd: number, accountMode: AccountMode | null): string {
  const sum = formatUsd(usd)
  return accountMode === 'apiKey' || sum.startsWith('<') ? sum : `≈ ${sum}`
}

export function explainCost(accountMode: AccountMode | null, { unpriced }: Pick<Cost, 'unpriced'>): string {
  const what = accountMode === 'apiKey' ? '' : 'What the same tokens cost with a key. The plan covers them.'
  const missing = unpriced.length === 0 ? '' : `Without ${unpriced.join(', ')}, of which no price is known.`
  return [what, missing].filter((sentence) => sentence !== '').join(' ')
}
