import { type Reply, ReplyError } from '../../contract/reply.ts'
import type { Transport, TransportListener } from './transport.ts'

type Answers = Record<string, (params: Record<string, unknown>) => unknown>

/** A host for tests that answers out of these; what they throw is why it failed, and what they do not have is not there. */
export function inMemoryHost(answers: Answers) {
  const calls: string[] = []
  let listener: TransportListener | null = null
  const transport: Transport = {
    linksAskedBy: 'page',
    whenSaved: null,
    async call(method, params): Promise<Reply<unknown>> {
      calls.push(method)
      const answer = answers[method]
      if (!answer) return { ok: false, error: { code: 'unavailable', message: `no ${method}` } }
      try {
        return { ok: true, value: await answer(params as Record<string, unknown>) }
      } catch (error) {
        const { message } = error as Error
        return { ok: false, error: { code: error instanceof ReplyError ? error.code : 'internal', message } }
      }
    },
    listen(given) {
      listener = given
      return () => {
        listener = null
      }
    },
  }
  return { transport, calls, line: () => listener as TransportListener }
}

/** Until everything that is under way is over: frames, and answers that come at once. */
export async function settle() {
  for (let turns = 0; turns < 8; turns++) await new Promise((resolve) => setTimeout(resolve, 1))
}

/** Stands in for frames. */
export const run = (work: () => void) => void setTimeout(work, 0)
