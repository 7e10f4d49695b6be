import { hash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { builtInPrices, type PriceTable, priceTableSchema } from '../../contract/domain/price.ts'
import { parseJson } from '../capture/json.ts'

export interface PriceBook {
  /** As they are now: the file of the user's own is read again when it was changed. */
  current(): PriceTable
  /** Why the user's own prices do not count; null when they do, or when there are none. */
  problem(): string | null
  /** A number that is another one for other prices. */
  fingerprint(): number
}

/** What the user may write: any part of a table, for some models or all. */
const ownTableSchema = priceTableSchema.partial()

/** The prices of this version, and above them those in `prices.json` of the data folder. */
export function openPriceBook(dataDir: string): PriceBook {
  const path = join(dataDir, 'prices.json')
  let stamp: string | null = null
  let known: { table: PriceTable; problem: string | null } = { table: builtInPrices, problem: null }

  function look() {
    const stats = statSync(path, { throwIfNoEntry: false })
    const next = stats ? `${stats.mtimeMs} ${stats.size}` : ''
    if (next !== stamp) {
      known = stats ? read(path) : { table: builtInPrices, problem: null }
      stamp = next
    }
    return known
  }

  return {
    current: () => look().table,
    problem: () => look().problem,
    fingerprint: () => Number.parseInt(hash('sha1', JSON.stringify(look().table)).slice(0, 12), 16),
  }
}

function read(path: string): { table: PriceTable; problem: string | null } {
  const own = ownTableSchema.safeParse(readJson(path))
  if (!own.success) {
    const [issue] = own.error.issues
    const where = issue?.path.join('.') ?? ''
    const problem = `prices.json cannot be used${where === '' ? '' : ` (${where})`}: ${issue?.message ?? 'it is no JSON'}.`
    return { table: builtInPrices, problem }
  }
  const {
    asOf = builtInPrices.asOf,
    source = 'prices.json, and the list for what is not in it',
    models = {},
  } = own.data
  return { table: { asOf, source, models: { ...builtInPrices.models, ...models } }, problem: null }
}

function readJson(path: string): unknown {
  try {
    return parseJson(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
