import { type MethodName, methods, type Params, type Result } from '../../contract/api.ts'
import { type ErrorCode, type Reply, ReplyError } from '../../contract/reply.ts'
import { explainDamage, isDamage } from '../archive/damage.ts'
import { archivePath } from '../archive/database.ts'
import type { HandlersOf } from '../handlers.ts'
import type { WorkerCall, WorkerReply } from './messages.ts'

/** The asking side of calls into a worker: each call waits for its reply, or for the news that none will come. */
export function createCalls<Other extends { call: number } = never>(post: (asked: WorkerCall | Other) => void) {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let last = 0

  /** Asks what is no method of the contract, too. */
  function ask(asked: (call: number) => WorkerCall | Other): Promise<unknown> {
    return new Promise((resolve, reject) => {
      last += 1
      post(asked(last))
      waiting.set(last, { resolve, reject })
    })
  }

  return {
    ask,

    call<M extends MethodName>(method: M, params: Params<M>): Promise<Result<M>> {
      return ask((call) => ({
        type: 'call',
        call,
        method,
        // Also fills in what may be left out; handlers know whole params alone.
        params: methods[method].params.parse(params),
        // The worker's handler for this method made the value.
      })) as Promise<Result<M>>
    },

    settle({ call, reply }: WorkerReply): void {
      const promise = waiting.get(call)
      waiting.delete(call)
      if (reply.ok) promise?.resolve(reply.value)
      else promise?.reject(toError(reply.error))
    },

    failAll(message: string): void {
      for (const { reject } of waiting.values()) reject(new ReplyError('unavailable', message))
      waiting.clear()
    },
  }
}

/** What nobody foresaw stays a plain error, so that it is reported and its words are kept from the user's eyes. */
function toError({ code, message }: { code: ErrorCode; message: string }): Error {
  return code === 'internal' ? new Error(message) : new ReplyError(code, message)
}

/** The answering side. What is no `ReplyError` is told as `internal`, in the words of the error: it stays in this process. */
export async function answer<M extends MethodName>(
  methods: HandlersOf<M>,
  call: WorkerCall,
  dataDir: string,
): Promise<WorkerReply> {
  return { type: 'reply', call: call.call, reply: await replyTo(methods, call, dataDir) }
}

async function replyTo<M extends MethodName>(
  methods: HandlersOf<M>,
  call: WorkerCall,
  dataDir: string,
): Promise<Reply<unknown>> {
  try {
    // `createCalls` ties each method to its own params.
    const handler = methods[call.method as M] as (params: unknown) => unknown
    return { ok: true, value: await handler(call.params) }
  } catch (error) {
    if (error instanceof ReplyError) return { ok: false, error: { code: error.code, message: error.message } }
    if (isDamage(error)) {
      return { ok: false, error: { code: 'unavailable', message: explainDamage(archivePath(dataDir)) } }
    }
    return { ok: false, error: { code: 'internal', message: String(error) } }
  }
}
