import type { MethodName, Params, Result } from '../../contract/api.ts'
import type { HandlersOf } from '../handlers.ts'
import type { Recorder } from './client.ts'
import { type ReaderMethod, type RecorderMethod, readerMethods, recorderMethods } from './messages.ts'
import type { Reader } from './reader.ts'

export interface RecordedDependencies {
  reader: Pick<Reader, 'call'>
  recorder: Pick<Recorder, 'call'>
  /** The addresses of the account, which masking has to know. */
  accountEmails(): Promise<string[]>
}

/** All that is recorded: looked up in the reading thread, changed in the recording one. */
export function createRecordedHandlers({
  reader,
  recorder,
  accountEmails,
}: RecordedDependencies): HandlersOf<ReaderMethod | RecorderMethod> {
  async function withAccountEmails<T extends { emails: string[] }>(params: T): Promise<T> {
    return { ...params, emails: [...params.emails, ...(await accountEmails())] }
  }

  return {
    ...forward(readerMethods, reader.call),
    ...forward(recorderMethods, recorder.call),
    'session/export': async (params) => reader.call('session/export', await withAccountEmails(params)),
    'session/previewExport': async (params) => reader.call('session/previewExport', await withAccountEmails(params)),
  }
}

function forward<M extends MethodName>(
  names: readonly M[],
  call: <N extends M>(method: N, params: Params<N>) => Promise<Result<N>>,
): HandlersOf<M> {
  // What was parsed can be parsed again, which a caller's type cannot say of every method at once.
  const forwarded = names.map((name) => [name, (params: unknown) => call(name, params as Params<M>)])
  return Object.fromEntries(forwarded)
}
