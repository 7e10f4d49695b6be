import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import path from 'node:path'
import { exchangesPerSession } from './archive/conversation.ts'
import { measureArchive } from './archive/measure.ts'
import { measureBrowser } from './browser/measureBrowser.ts'
import { readOptions, usage } from './options.ts'
import { formatArchive, formatBrowser, formatTargets, formatTraffic } from './report.ts'
import { judgeArchive, judgeTraffic, summarizeTraffic } from './targets.ts'
import { measureTraffic } from './traffic.ts'

const options = readOptions(process.argv.slice(2))
if (!options) {
  console.log(usage)
  process.exit(0)
}

const folder = mkdtempSync(path.join(tmpdir(), 'tapedeck-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))

const say = (line: string) => console.error(line)
const machine = {
  at: new Date().toISOString(),
  node: process.version,
  platform: `${process.platform}-${process.arch}`,
  cpu: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
  memoryGiB: Math.round(totalmem() / 1024 ** 3),
}
const results: Record<string, unknown> = { machine, options }

if (options.isBrowser) {
  const dataDir = options.dataDir ?? path.join(folder, 'large')
  const measurement = await measureBrowser(dataDir, Math.ceil(options.archiveSize / exchangesPerSession), say)
  results.browser = measurement
  console.log(formatBrowser(measurement))
}

if (options.hasTraffic && !options.isBrowser) {
  const samples = await measureTraffic({
    rounds: options.rounds,
    folder,
    only: options.only,
    profileFolder: options.profileFolder,
    say,
  })
  const rows = summarizeTraffic(samples)
  const targets = judgeTraffic(samples)
  const { recording, memoryRecording } = samples.get('tapedeck') ?? {}
  results.traffic = { rows, targets, recording, memoryRecording, samples: Object.fromEntries(samples) }
  console.log(`\nTraffic, ${options.rounds} rounds, milliseconds\n${formatTraffic(rows)}`)
  if (targets.length > 0) console.log(`\n${formatTargets(targets)}`)
  if (recording) console.log(`\nTapedeck recorded in the rounds: ${JSON.stringify(recording)}`)
  if (memoryRecording) console.log(`Tapedeck recorded for the memory: ${JSON.stringify(memoryRecording)}`)
}

if (options.archiveSize > 0 && !options.isBrowser) {
  const dataDir = path.join(folder, 'archive')
  const points = measureArchive(dataDir, options.archiveSize, say)
  const targets = judgeArchive(points)
  results.archive = { points, targets }
  console.log(`\nArchive, milliseconds\n${formatArchive(points)}\n\n${formatTargets(targets)}`)
}

if (options.jsonFile) writeFileSync(options.jsonFile, `${JSON.stringify(results, null, 2)}\n`)
