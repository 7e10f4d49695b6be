import type { ServerResponse } from 'node:http'
import { isDue } from './isDue.ts'
import type { ModelApi, ModelBody, Way } from './modelApi.ts'

/** The model's POST: the whole input in, server-sent events out. */
export async function answerPost(
  api: ModelApi,
  body: ModelBody,
  upstream: Way['upstream'],
  response: ServerResponse,
  headers: Record<string, string>,
): Promise<void> {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const reply = await api.reply(body, body.input ?? [], { upstream, transport: 'sse' })
  if (reply.type === 'httpError') {
    response.writeHead(reply.status, { 'content-type': 'application/json', ...headers, ...reply.headers })
    response.end(JSON.stringify(reply.body))
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', ...headers })
  response.flushHeaders()
  for (const [at, step] of reply.played.steps.entries()) {
    if (reply.cutAfter === at) {
      // What was sent arrives before the connection ends, and its end is missing.
      response.socket?.destroySoon()
      return
    }
    await isDue(step, gone.signal)
    response.write(`event: ${step.event.type}\ndata: ${JSON.stringify(step.event)}\n\n`)
  }
  response.end()
}
