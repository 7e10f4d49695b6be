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
}

export const usage = `npm run bench -- [options]
  --rounds N       rounds over all subjects (10)
  --archive N      exchanges in the large archive (1000000)
  --skip-archive   the traffic alone
  --skip-traffic   the archive alone
  --only A,B       these subjects alone: direct, rawPipe, httpProxy, tapedeck, nginx, mitmdump
  --profile DIR    leave CPU profiles of Tapedeck there
  --json FILE      also write all numbers there`

export function readOptions(args: string[]): BenchOptions | null {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '10' },
      archive: { type: 'string', default: '1000000' },
      'skip-archive': { type: 'boolean', default: false },
      'skip-traffic': { type: 'boolean', default: false },
      profile: { type: 'string' },
      only: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return null
  return {
    rounds: readCount(values.rounds, '--rounds'),
    archiveSize: values['skip-archive'] ? 0 : readCount(values.archive, '--archive'),
    hasTraffic: !values['skip-traffic'],
    jsonFile: values.json ?? null,
    profileFolder: values.profile ?? null,
    only: values.only?.split(',') ?? null,
  }
}

function readCount(text: string, name: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) throw new Error(`${name} wants a whole number above 0, not ${text}.`)
  return count
}
