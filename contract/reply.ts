import { z } from 'zod'

/** `signedOut` is what a page says for a host that does not know its cookie. */
export const errorCodeSchema = z.enum([
  'badRequest',
  'notFound',
  'unknownMethod',
  'unavailable',
  'signedOut',
  'internal',
])
export type ErrorCode = z.infer<typeof errorCodeSchema>

/** Failure travels as a value; only a programming error throws. */
export type Reply<T> = { ok: true; value: T } | { ok: false; error: ReplyFailure }

export interface ReplyFailure {
  code: ErrorCode
  message: string
  /** What the user can run in a terminal instead. It stands at the end of the message, too. */
  command?: string
}

/** Thrown inside main to answer with a chosen code; `dispatch` turns it into a reply. */
export class ReplyError extends Error {
  readonly code: ErrorCode
  readonly command: string | undefined
  constructor(code: ErrorCode, message: string, command?: string) {
    super(command === undefined ? message : `${message}\n${command}`)
    this.code = code
    this.command = command
  }
}
