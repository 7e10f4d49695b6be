import { z } from 'zod'

export const errorCodeSchema = z.enum(['badRequest', 'notFound', 'unknownMethod', 'unavailable', 'internal'])
export type ErrorCode = z.infer<typeof errorCodeSchema>

/** Failure travels as a value; only a programming error throws. */
export type Reply<T> = { ok: true; value: T } | { ok: false; error: { code: ErrorCode; message: string } }

/** Thrown inside main to answer with a chosen code; `dispatch` turns it into a reply. */
export class ReplyError extends Error {
  readonly code: ErrorCode
  constructor(code: ErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
