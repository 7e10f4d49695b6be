import { measureLongLiveTurn } from './browser/longLiveTurn.ts'
import { formatNumber, formatTable } from './report.ts'

/**
 * `node bench/liveTurn.ts [FILE…]`, after `npm run build`: what a page costs that follows a turn of 5,000 items while a text streams
 * at its end. Each FILE is the `out/main/tapedeck.js` of another build, measured in turns with this one.
 */
const items = 5_000
const rounds = 3

const rows: string[][] = []
for (let round = 1; round <= rounds; round += 1) {
  for (const file of [undefined, ...process.argv.slice(2)]) {
    const { seconds, updates, updateBytes, thread } = await measureLongLiveTurn(items, file)
    rows.push([
      file ?? 'this build',
      formatNumber(updates / seconds, 1),
      formatNumber(updateBytes / Math.max(1, updates) / 1_024, 1),
      formatNumber(thread.frames / seconds, 1),
      formatNumber(thread.perFrameMs, 1),
      formatNumber(thread.p95TaskMs, 1),
      formatNumber((thread.perFrameMs * thread.frames) / seconds, 0),
      Object.entries(thread.byKindMs)
        .map(([kind, ms]) => `${kind} ${formatNumber(ms, 2)}`)
        .join(', '),
    ])
    console.error(rows.at(-1)?.join(' | '))
  }
}
console.log(
  formatTable(
    [
      'build',
      'updates/s',
      'KiB an update',
      'frames/s',
      'CPU ms a frame',
      'task p95 ms',
      'CPU ms a second',
      'of a frame',
    ],
    rows,
  ),
)
