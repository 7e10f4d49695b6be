import type { MethodName, Notification } from '../../contract/api.ts'
import type { LaunchCredential } from '../../contract/domain/account.ts'
import type { Limits } from '../../contract/domain/limits.ts'
import type { LossReason, Recording } from '../../contract/domain/recording.ts'
import type { Reply } from '../../contract/reply.ts'
import type { TapEvent } from '../proxy/tap.ts'

/** What the recorder keeps of a launch, and gives back after a restart. */
export interface LaunchToKeep {
  id: string
  tokenHash: string
  credential: LaunchCredential
  args: string[]
  startedAt: number
  pid: number | null
  isPrivate: boolean
}

export interface LostStream {
  streamId: string
  protocol: 'http' | 'websocket'
}

export interface RecorderWorkerData {
  dataDir: string
  /** Streams that were under way when the worker before this one died. */
  lostStreams: LostStream[]
  /** Nothing is to be written into the archive: its folder could not be locked. */
  isUnlocked: boolean
}

/** What the recorder is told beside the tap's events, in order with them. */
export type Note =
  /** No more of this stream will come. */
  | { type: 'dropped'; streamId: string; reason: LossReason }
  | { type: 'lost'; reason: LossReason }
  | { type: 'launchStarted'; launch: LaunchToKeep }
  | { type: 'launchEnded'; id: string; at: number }
  | { type: 'limits'; limits: Limits }

/** From the main thread to the recording worker, in order. */
export type ToRecorder =
  | { type: 'batch'; batch: number; entries: (TapEvent | Note)[]; queuedBytes: number }
  | WorkerCall
  | Store
  | { type: 'close' }

/** Answered once all that came before is stored, or cannot be stored just now. */
export interface Store {
  type: 'store'
  call: number
}

export type FromRecorder =
  | { type: 'ready'; recording: Recording; liveLaunches: LaunchToKeep[] }
  | { type: 'refused'; message: string }
  /** Everything up to this batch is stored, or counted as lost. */
  | { type: 'taken'; batch: number }
  | { type: 'notified'; notifications: Notification[] }
  | { type: 'wrong'; message: string }
  | WorkerReply

/** The methods of the contract that the reading thread answers. */
export const readerMethods = [
  'session/list',
  'session/listDeleted',
  'session/read',
  'session/readTurns',
  'session/find',
  'session/export',
  'session/previewExport',
  'id/find',
  'project/list',
  'archive/size',
  'retention/preview',
  'retention/read',
  'turn/read',
  'item/text',
  'item/picture',
  'exchange/read',
  'exchange/context',
  'exchange/headers',
  'exchange/body',
  'exchange/text',
  'search/query',
  'search/values',
  'account/limits',
  'price/list',
  'usage/read',
  'usage/sessions',
] as const satisfies MethodName[]
export type ReaderMethod = (typeof readerMethods)[number]

/** Those that the recording thread answers, because they change what is kept. */
export const recorderMethods = [
  'recording/pause',
  'recording/resume',
  'session/rename',
  'session/star',
  'session/tag',
  'session/note',
  'session/delete',
  'session/undelete',
  'retention/set',
  'archive/rederive',
] as const satisfies MethodName[]
export type RecorderMethod = (typeof recorderMethods)[number]

/** A method of the contract, called across threads. */
export interface WorkerCall {
  type: 'call'
  call: number
  method: MethodName
  params: unknown
}

export interface WorkerReply {
  type: 'reply'
  call: number
  reply: Reply<unknown>
}

export type FromReader = { type: 'ready' } | { type: 'refused'; message: string } | WorkerReply
