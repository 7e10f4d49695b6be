import { Worker } from 'node:worker_threads'
import type { Params, Result } from '../../contract/api.ts'
import type { Recording } from '../../contract/domain/recording.ts'
import { ReplyError } from '../../contract/reply.ts'
import { openArchiveReader } from '../archive/archiveReader.ts'
import { hasArchive } from '../archive/database.ts'
import { createCalls } from './calls.ts'
import type { FromReader, ReaderMethod } from './messages.ts'
import { workerUrl } from './workerUrl.ts'

export { explainDamage, isDamage } from '../archive/damage.ts'
export { archivePath, findDamage, hasArchive } from '../archive/database.ts'
export { findMissingFeature } from '../archive/features.ts'
export { findUnwritable } from '../archive/unwritable.ts'

export interface Reader {
  call<M extends ReaderMethod>(method: M, params: Params<M>): Promise<Result<M>>
  close(): Promise<void>
}

export interface ReaderOptions {
  dataDir: string
  workerUrl?: URL
}

/**
 * Starts the reading thread. Rejects with a sentence for people when there is no archive, or none that can be read. Should
 * the thread die later, the calls under way fail and the next one gets another thread.
 */
export async function startReader(options: ReaderOptions): Promise<Reader> {
  let thread = await startThread(options)
  let starting: Promise<unknown> | null = null
  let isClosed = false

  async function restart(): Promise<void> {
    thread = await startThread(options)
  }

  return {
    async call(method, params) {
      if (isClosed) throw new ReplyError('unavailable', 'Tapedeck is closing. Ask again when it runs.')
      if (thread.isOver()) {
        starting ??= restart().finally(() => {
          starting = null
        })
        await starting
      }
      return thread.call(method, params)
    },
    async close() {
      isClosed = true
      await starting
      await thread.close()
    },
  }
}

async function startThread({ dataDir, workerUrl: url = workerUrl('readerWorker') }: ReaderOptions) {
  const worker = new Worker(url, { workerData: { dataDir }, name: 'tapedeck-reader' })
  const calls = createCalls((call) => worker.postMessage(call))
  let isOver = false
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    worker.on('message', (message: FromReader) => {
      if (message.type === 'ready') resolve()
      else if (message.type === 'refused') reject(new ReplyError('unavailable', message.message))
      else calls.settle(message)
    })
    worker.once('error', reject)
    worker.once('exit', () => {
      isOver = true
      reject(new Error('The reading thread ended before it was ready.'))
      calls.failAll('The archive could not be read to the end. Try once more.')
    })
  })
  return {
    call: calls.call,
    isOver: () => isOver,
    async close() {
      worker.postMessage({ type: 'close' })
      await exited
    },
  }
}

/** The counts of an archive, in this thread; all zero when there is none. */
export function readRecording(dataDir: string): Recording {
  if (!hasArchive(dataDir)) return { isPaused: false, recorded: 0, total: 0, missed: {}, seq: 0 }
  const archive = openArchiveReader(dataDir)
  try {
    return archive.recording()
  } finally {
    archive.close()
  }
}
