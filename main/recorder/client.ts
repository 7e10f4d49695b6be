import { Worker } from 'node:worker_threads'
import type { Notification, Params, Result } from '../../contract/api.ts'
import type { Limits } from '../../contract/domain/limits.ts'
import type { LossReason, Recording } from '../../contract/domain/recording.ts'
import { ReplyError } from '../../contract/reply.ts'
import type { Tap } from '../proxy/tap.ts'
import { createCalls } from './calls.ts'
import type {
  FromRecorder,
  LaunchToKeep,
  LostStream,
  RecorderMethod,
  RecorderWorkerData,
  Store,
  ToRecorder,
} from './messages.ts'
import { createTapQueue } from './tapQueue.ts'
import { workerUrl } from './workerUrl.ts'

const defaultMaxQueuedBytes = 64 * 1024 * 1024
/** Before a thread that died is started again; twice as long each time, until one lives for a while. */
const firstPauseMs = 100
const longestPauseMs = 60_000
const longLifeMs = 10_000

export interface RecorderOptions {
  dataDir: string
  /** Whether this process could not lock the folder: then all is counted, and nothing is written. */
  isUnlocked?: boolean
  workerUrl?: URL
  /** How far the recording thread may fall behind before streams are dropped and counted. */
  maxQueuedBytes?: number
  /** Hears of what went wrong inside the recorder; what was lost by it is counted as well. */
  report?(error: unknown): void
}

export interface Recorder {
  /** Never throws and never waits. */
  tap: Tap
  countLoss(reason: LossReason): void
  launchStarted(launch: LaunchToKeep): void
  launchEnded(id: string, at?: number): void
  /** The plan's limits as codex was told them outside of a recorded exchange. */
  limitsTold(limits: Limits): void
  /** The launches that the last run left running. */
  liveLaunches(): LaunchToKeep[]
  call<M extends RecorderMethod>(method: M, params: Params<M>): Promise<Result<M>>
  onNotification(listener: (notification: Notification) => void): () => void
  recording(): Recording
  /** Resolves once all that came until now can be read, or cannot be stored just now. */
  stored(): Promise<void>
  /** Stores all that came; what is still open is marked as cut. */
  close(): Promise<void>
}

/**
 * Starts the recording thread. Rejects with a sentence for people when there can be no recording. Later no failure of the
 * thread gets out of here: it is counted, and another thread takes its place.
 */
export async function startRecorder(options: RecorderOptions): Promise<Recorder> {
  const { dataDir, isUnlocked = false, maxQueuedBytes = defaultMaxQueuedBytes, report = () => {} } = options
  const url = options.workerUrl ?? workerUrl('recorderWorker')
  const listeners = new Set<(notification: Notification) => void>()
  /** The thread that is ready; null while there is none. */
  let worker: Worker | null = null
  /** Settled when the thread that is just starting is ready, or has failed to be. */
  let starting = Promise.resolve()
  let nextStart: { lost: LostStream[]; attempt: number; timer: NodeJS.Timeout } | null = null
  let closing: Promise<void> | null = null
  let recording: Recording = { isPaused: false, recorded: 0, total: 0, missed: {}, seq: 0 }
  let liveLaunches: LaunchToKeep[] = []

  const queue = createTapQueue({
    maxBytes: maxQueuedBytes,
    post: (batch, entries, buffer, queuedBytes) => post({ type: 'batch', batch, entries, queuedBytes }, [buffer]),
  })
  const calls = createCalls<Store>((asked) => {
    if (!worker) throw new ReplyError('unavailable', 'The recorder is just starting again. Try once more in a moment.')
    // In the order in which things happened.
    queue.send()
    post(asked)
  })

  function post(message: ToRecorder, transfer: ArrayBuffer[] = []): void {
    worker?.postMessage(message, transfer)
  }

  function notify(notification: Notification): void {
    if (notification.method === 'recording/updated') recording = notification.params
    for (const listener of listeners) {
      try {
        listener(notification)
      } catch (error) {
        report(error)
      }
    }
  }

  /** Resolves when the thread is ready, rejects when it refuses or dies before. All but the first are started again. */
  function start(lostStreams: LostStream[], attempt: number): Promise<void> {
    const workerData: RecorderWorkerData = { dataDir, lostStreams, isUnlocked }
    const started = new Worker(url, {
      workerData,
      name: 'tapedeck-recorder',
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    })
    const startedAt = performance.now()
    return new Promise((resolve, reject) => {
      started.on('message', (message: FromRecorder) => {
        switch (message.type) {
          case 'ready':
            worker = started
            liveLaunches = message.liveLaunches
            notify({ method: 'recording/updated', params: message.recording })
            queue.release()
            return resolve()
          case 'refused':
            return reject(new Error(message.message))
          case 'taken':
            return queue.taken(message.batch)
          case 'notified':
            return message.notifications.forEach(notify)
          case 'wrong':
            return report(new Error(message.message))
          case 'reply':
            return calls.settle(message)
        }
      })
      started.on('error', (error) => {
        if (worker === started) report(error)
        else reject(error)
      })
      started.on('exit', () => {
        const wasReady = worker === started
        worker = null
        reject(
          new Error(
            'The recording thread ended before it was ready. Start Tapedeck again; `tapedeck doctor` says what may be missing.',
          ),
        )
        calls.failAll('The recorder stopped before it could answer.')
        const lost = [...(wasReady ? [] : lostStreams), ...queue.workerDied()]
        if (closing || (attempt === 0 && !wasReady)) return
        const hasLivedLong = wasReady && performance.now() - startedAt > longLifeMs
        restartLater(lost, hasLivedLong ? 1 : attempt + 1)
      })
    })
  }

  function restartLater(lost: LostStream[], attempt: number): void {
    const timer = setTimeout(restart, Math.min(firstPauseMs * 2 ** (attempt - 1), longestPauseMs))
    timer.unref()
    nextStart = { lost, attempt, timer }
  }

  function restart(): void {
    if (!nextStart) return
    const { lost, attempt, timer } = nextStart
    clearTimeout(timer)
    nextStart = null
    starting = start(lost, attempt).catch(report)
  }

  async function close(): Promise<void> {
    restart()
    await starting
    const ending = worker
    if (!ending) return
    const ended = new Promise<void>((resolve) => ending.once('exit', () => resolve()))
    queue.send()
    post({ type: 'close' })
    await ended
  }

  await start([], 0)
  return {
    tap: (event) => {
      if (!closing) queue.push(event)
    },
    countLoss: (reason) => queue.tell({ type: 'lost', reason }),
    launchStarted: (launch) => queue.tell({ type: 'launchStarted', launch }),
    launchEnded: (id, at = Date.now()) => queue.tell({ type: 'launchEnded', id, at }),
    limitsTold: (limits) => queue.tell({ type: 'limits', limits }),
    liveLaunches: () => liveLaunches,
    call: calls.call,
    onNotification(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    recording: () => recording,
    async stored() {
      // Without a thread what came is counted as lost.
      await calls.ask((call) => ({ type: 'store', call })).catch(() => {})
    },
    close: () => {
      closing ??= close()
      return closing
    },
  }
}
