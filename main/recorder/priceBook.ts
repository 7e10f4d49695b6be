import { hash } from 'node:crypto'
import { readFileSync, statSync, unwatchFile, watchFile } from 'node:fs'
import { join } from 'node:path'
import { builtInPrices, type PriceTable, priceTableSchema } from '../../contract/domain/price.ts'
import { parseJson } from '../capture/json.ts'

export interface PriceBook {
  /** As they are now: the file of the user's own is read again when it was changed. */
  current(): PriceTable
  /** Whether there is a file of the user's own. */
  hasOwn(): boolean
  /** Why the user's own prices do not count; null when they do, or when there are none. */
  problem(): string | null
  /** A number that is another one for other prices. */
  fingerprint(): number
  /** Calls back when they may be other ones; returns the undo. Keeps nothing awake. */
  watch(listener: () => void): () => void
}

const watchMs = 2_000

interface Known {
  table: PriceTable
  problem: string | null
}

/** What the user may write: any part of a table, for some models or all. */
const ownTableSchema = priceTableSchema.partial()

/** The prices of this version, and above them those in `prices.json` of the data folder. */
export function openPriceBook(dataDir: string): PriceBook {
  const path = join(dataDir, 'prices.json')
  let stamp: string | null = null
  let known: Known = { table: builtInPrices, problem: null }

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
    hasOwn: () => look().table !== builtInPrices || look().problem !== null,
    problem: () => look().problem,
    fingerprint: () => Number.parseInt(hash('sha1', JSON.stringify(look().table)).slice(0, 12), 16),
    watch(listener) {
      // The folder itself changes with each thing that is recorded.
      watchFile(path, { interval: watchMs, persistent: false }, listener)
      return () => unwatchFile(path, listener)
    },
  }
}

function read(path: string): Known {
  const json = readJson(path)
  if (json === undefined) return unusable('it is no JSON')
  const own = ownTableSchema.safeParse(json)
  if (!own.success) return unusable(explainIssue(own.error.issues[0]?.path ?? []))
  const {
    asOf = builtInPrices.asOf,
    source = 'prices.json, and the list for what is not in it',
    models = {},
  } = own.data
  return { table: { asOf, source, models: { ...builtInPrices.models, ...models } }, problem: null }
}

/** Undefined for what is no JSON, and for what cannot be read. */
function readJson(path: string): unknown {
  try {
    return parseJson(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

function unusable(reason: string): Known {
  const problem = `prices.json in the data folder cannot be used, so the built-in prices count: ${reason}. Correct it, or remove it.`
  return { table: builtInPrices, problem }
}

/** What has to stand at a place of the file, in words for whoever wrote it. */
function explainIssue(path: PropertyKey[]): string {
  const where = path.join('.')
  if (path.length === 0)
    return 'it has to be an object, as {"models": {"NAME": {"input": 1, "cached": 0.1, "output": 5}}}'
  if (path[0] !== 'models') return `${where} has to be a short text`
  if (path.length === 1) return 'models has to be an object with the name of each model'
  if (path.length === 2) return `${where} has to be an object with input, cached and output`
  if (path.at(-1) === 'long') return `${where} has to be an object with input and output`
  return path.includes('long', 3)
    ? `${where} has to be a number from 0 to 100`
    : `${where} has to be a number of dollars from 0 to 100000`
}
