import { createContext, useContext } from 'react'
import type { AccountMode } from '../../contract/domain/account.ts'
import type { UsageRow } from '../../contract/domain/usageReport.ts'
import { formatShortCost } from '../ui/money.ts'

/** Writes a sum of money. */
export type FormatAmount = (usd: number) => string

const PaidBy = createContext<AccountMode>('chatgpt')
export const AmountsProvider = PaidBy.Provider

/** How what these used was paid for: with a key, or at least in part by a plan, on which each sum is an estimate. */
export function paidBy(rows: UsageRow[]): AccountMode {
  return rows.every(({ accountMode }) => accountMode === 'apiKey') ? 'apiKey' : 'chatgpt'
}

/** `≈ $0.42` where a plan covers some of what the page tells of, `$0.42` where all was paid with a key. */
export function useFormatAmount(): FormatAmount {
  const mode = useContext(PaidBy)
  return (usd) => formatShortCost(usd, mode)
}
