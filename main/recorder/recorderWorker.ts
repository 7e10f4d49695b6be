import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import type { Notification } from '../../contract/api.ts'
import { openArchive } from '../archive/archive.ts'
import { explainDamage, isDamage, salvageLaunches } from '../archive/damage.ts'
import { archivePath } from '../archive/database.ts'
import { explainUnwritable, isUnwritable } from '../archive/unwritable.ts'
import { answer } from './calls.ts'
import { type CountOnlyOptions, createCountOnly } from './countOnly.ts'
import type { FromRecorder, LaunchToKeep, RecorderWorkerData, ToRecorder } from './messages.ts'
import { openPriceBook } from './priceBook.ts'
import { createRecorder } from './recorder.ts'
import { createRecorderMethods, defaultUndoMs } from './recorderMethods.ts'

/** The recording thread: the one place that writes to the archive. */

const port = parentPort as NonNullable<typeof parentPort>
const { dataDir, lostStreams, isUnlocked } = workerData as RecorderWorkerData
const post = (message: FromRecorder) => port.postMessage(message)
const report = (error: unknown) =>
  post({ type: 'wrong', message: error instanceof Error ? String(error.stack) : String(error) })
const taken = (batch: number) => post({ type: 'taken', batch })
const notify = (notifications: Notification[]) => post({ type: 'notified', notifications })

/** Where cores are short, traffic goes first. Only Linux gives a thread a priority of its own: 0 is the one that asks. */
if (process.platform === 'linux') setPriority(0, 10)

try {
  if (isUnlocked) countUnwritable(new Error('the folder could not be locked'))
  else run()
} catch (error) {
  if (isDamage(error)) countOnly(error, { damage: explainDamage(archivePath(dataDir)) })
  else if (isUnwritable(error)) countUnwritable(error)
  else refuse(error)
}

function done(call: number): FromRecorder {
  return { type: 'reply', call, reply: { ok: true, value: {} } }
}

function refuse(error: unknown): void {
  post({ type: 'refused', message: error instanceof Error ? error.message : String(error) })
  port.close()
}

function countUnwritable(error: unknown): void {
  countOnly(error, { unwritable: explainUnwritable(dataDir, error) })
}

/** What codex and the model say to each other goes on, whatever became of the archive. */
function countOnly(error: unknown, trouble: CountOnlyOptions['trouble']): void {
  report(error)
  const path = archivePath(dataDir)
  const counter = createCountOnly({ trouble, now: Date.now, notify, taken, report })
  post({ type: 'ready', recording: counter.recording(), liveLaunches: salvageLaunches(path) as LaunchToKeep[] })
  port.on('message', async (message: ToRecorder) => {
    switch (message.type) {
      case 'batch':
        return counter.take(message.batch, message.entries)
      case 'call':
        return post(await answer(counter.handlers, message, dataDir))
      case 'store':
        return post(done(message.call))
      case 'close':
        return process.exit()
    }
  })
}

function run(): void {
  const archive = openArchive(dataDir)
  const prices = openPriceBook(dataDir)
  const recorder = createRecorder({ archive, now: Date.now, notify, taken, report, prices: prices.current })
  const methods = createRecorderMethods({
    archive,
    recorder,
    now: Date.now,
    undoMs: defaultUndoMs,
    notify,
    report,
    prices,
  })
  recorder.endLeftovers(lostStreams)
  post({ type: 'ready', recording: recorder.recording(), liveLaunches: recorder.liveLaunches() })
  methods.resume().catch(report)

  port.on('message', async (message: ToRecorder) => {
    switch (message.type) {
      case 'batch':
        return recorder.take(message.batch, message.entries, message.queuedBytes)
      case 'call':
        return post(await answer(methods.handlers, message, dataDir))
      case 'store':
        recorder.settle()
        return post(done(message.call))
      case 'close':
        methods.close()
        recorder.close()
        archive.close()
        return process.exit()
    }
  })
}
