import { parseArgs } from 'node:util'

export interface BenchOptions {
  rounds: number
  /** Exchanges in the large archive; 0 leaves the archive out. */
  archiveSize: number
  hasTraffic: boolean
  jsonFile: string | null
  /** Measure only subjects with these names; null for all. */
  only: string[] | null
  profileFolder: string | null
  /** Measure the page in a browser, with a large archive, and nothing else. */
  isBrowser: boolean
  /** Where the large archive of the browser's bench is, and stays; null for one that goes with the run. */
  dataDir: string | null
}

export const usage = `npm run bench -- [browser] [options]
  browser          the page alone, in a real browser (Linux; after npm run build)
  --data DIR       its archive, which is made there and stays
  --rounds N       rounds over all subjects (10)
  --archive N      exchanges in the large archive (1000000)
  --skip-archive   the traffic alone
  --skip-traffic   the archive alone
  --only A,B       these subjects alone: direct, rawPipe, httpProxy, tapedeck, nginx, mitmdump
  --profile DIR    leave CPU profiles of Tapedeck there
  --json FILE      also write all numbers there`

export function readOptions(args: string[]): BenchOptions | null {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '10' },
      archive: { type: 'string', default: '1000000' },
      'skip-archive': { type: 'boolean', default: false },
      'skip-traffic': { type: 'boolean', default: false },
      profile: { type: 'string' },
      only: { type: 'string' },
      json: { type: 'string' },
      data: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return null
  const foreign = positionals.find((word) => word !== 'browser')
  if (foreign !== undefined) throw new Error(`There is no ${foreign} to measure.`)
  return {
    rounds: readCount(values.rounds, '--rounds'),
    archiveSize: values['skip-archive'] ? 0 : readCount(values.archive, '--archive'),
    hasTraffic: !values['skip-traffic'],
    jsonFile: values.json ?? null,
    profileFolder: values.profile ?? null,
    isBrowser: positionals.includes('browser'),
    dataDir: values.data ?? null,
    only: values.only?.split(',') ?? null,
  }
}

function readCount(text: string, name: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) throw new Error(`${name} wants a whole number above 0, not ${text}.`)
  return count
}
