import type { Status } from '../../contract/domain/exchange.ts'
import type { Answer } from './answerReader.ts'
import { type Failure, failureOf } from './failure.ts'
import type { RawOutcome } from './rawExchange.ts'

/**
 * How an exchange ended, and why where it went wrong: by the word of the model, else by that of HTTP, else by what became of the
 * connection. `outcome` is null while that is open.
 */
export function endingOf(
  { terminal, failure, httpStatus, hasWholeBody, isTooLarge }: Answer,
  outcome: RawOutcome | null,
  isModelCall: boolean,
): { status: Status; failure: Failure | null } {
  if (terminal) return { status: terminal.status, failure: terminal.status === 'completed' ? null : failure }
  if (outcome === null) return { status: 'live', failure: null }
  if (httpStatus !== null && httpStatus >= 400) {
    return { status: 'failed', failure: failure ?? failureOf(`HTTP status ${httpStatus}`) }
  }
  switch (outcome) {
    case 'unreachable':
      return { status: 'failed', failure: failureOf('OpenAI could not be reached.', 'unreachable') }
    case 'clientAborted':
      return { status: 'aborted', failure: null }
    case 'ended':
      // The model has to say that it is done, or to answer in one piece; any other answer is over when it ends.
      return { status: (isModelCall && !hasWholeBody) || isTooLarge ? 'cut' : 'completed', failure: null }
    case 'upstreamAborted':
    case 'cut':
      return { status: 'cut', failure: null }
  }
}
