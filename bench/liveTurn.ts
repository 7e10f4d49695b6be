import { parseArgs } from 'node:util'
import { measureLongLiveTurn } from './browser/longLiveTurn.ts'
import { formatNumber, formatTable } from './report.ts'

/**
 * `node bench/liveTurn.ts [--items 5000] [--text 0] [FILE…]`, after `npm run build`: what a page costs that follows a turn of so many
 * items while a text streams at its end, of which so many characters are there from the beginning. Each FILE is the
 * `out/main/tapedeck.js` of another build, measured in turns with this one.
 */
const { values, positionals: files } = parseArgs({
  allowPositionals: true,
  options: { items: { type: 'string', default: '5000' }, text: { type: 'string', default: '0' } },
})
const rounds = 3

const rows: string[][] = []
for (let round = 1; round <= rounds; round += 1) {
  for (const file of [undefined, ...files]) {
    const { seconds, updates, updateBytes, thread } = await measureLongLiveTurn(
      Number(values.items),
      Number(values.text),
      file,
    )
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
