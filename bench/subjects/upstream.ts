import { createServer, type ServerResponse } from 'node:http'
import { WebSocketServer } from 'ws'
import {
  completedEvent,
  completedFrame,
  createdEvent,
  deltaEvent,
  itemDoneEvent,
  oneShotAnswer,
} from '../load/modelTraffic.ts'
import { reportReady } from './child.ts'

/**
 * The stand-in for the model. `?events=N&gapMs=G` answers with a stream of N events, in a burst or one every G ms, each telling
 * when it was sent on the clock that all processes share; without `events` the answer is one small JSON document.
 * Over WebSocket every frame is answered by one of the same size.
 */
let answered = 0
const deltaText = 'and the next eight or nine words of the answer '

const server = createServer((request, response) => {
  const query = new URL(request.url ?? '/', 'http://upstream').searchParams
  const events = Number(query.get('events') ?? 0)
  const gapMs = Number(query.get('gapMs') ?? 0)
  request.resume()
  request.on('end', () => {
    const responseId = `resp_${process.pid}_${answered++}`
    if (events === 0) return answerAtOnce(response, responseId)
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
    const texts = listEvents(responseId, events)
    if (gapMs > 0) return answerSteadily(response, texts, gapMs)
    for (const makeText of texts) writeEvent(response, makeText())
    response.end()
  })
})

function answerAtOnce(response: ServerResponse, responseId: string) {
  const body = oneShotAnswer(responseId, 1000)
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

function listEvents(responseId: string, count: number): Array<() => string> {
  const deltas = Array.from({ length: count - 3 }, () => () => {
    return deltaEvent(responseId, deltaText, process.hrtime.bigint())
  })
  return [
    () => createdEvent(responseId),
    ...deltas,
    () => itemDoneEvent(responseId, deltaText.repeat(count - 3)),
    () => completedEvent(responseId),
  ]
}

function answerSteadily(response: ServerResponse, texts: Array<() => string>, gapMs: number) {
  let sent = 0
  const timer = setInterval(writeNext, gapMs)
  response.on('close', () => clearInterval(timer))
  writeNext()

  function writeNext() {
    writeEvent(response, (texts[sent++] as () => string)())
    if (sent < texts.length) return
    clearInterval(timer)
    response.end()
  }
}

function writeEvent(response: ServerResponse, json: string) {
  response.write(`event: ${json.slice(9, json.indexOf('"', 9))}\ndata: ${json}\n\n`)
}

const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (webSocket) => {
    webSocket.on('message', (data) => {
      const size = (data as Buffer).length
      webSocket.send(completedFrame(`resp_${process.pid}_${answered++}`, size))
    })
  })
})

server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => reportReady(server))
