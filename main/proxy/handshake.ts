import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { toPairs, toRequestHeaders, withoutHopByHop } from './headers.ts'
import type { Observer } from './observer.ts'
import type { Passage } from './passage.ts'

/** Nobody reads from codex before the upstream has answered, and without reading nobody notices that codex has gone. */
export function watchHandshake(upstreamRequest: ClientRequest, socket: Socket, observer: Observer) {
  const giveUp = () => {
    observer.closed('clientAborted')
    upstreamRequest.destroy()
    socket.destroy()
  }
  const stopWatching = () => {
    socket.off('end', giveUp)
    socket.off('close', giveUp)
  }
  socket.once('end', giveUp)
  socket.once('close', giveUp)
  upstreamRequest.once('response', stopWatching)
  upstreamRequest.once('upgrade', stopWatching)
  socket.read(0)
}

/** The library writes the head and pairs the sockets in the same moment, after these listeners. */
export function passOnHandshakeAnswer(
  upstreamRequest: ClientRequest,
  socket: Socket,
  { observer, onSetCookies }: Passage,
) {
  const noteHead = (answer: IncomingMessage) => {
    observer.answered(answer.statusCode ?? 502, answer.rawHeaders)
    if (answer.headers['set-cookie']) onSetCookies(answer.headers['set-cookie'])
  }
  upstreamRequest.once('upgrade', (answer: IncomingMessage, upstreamSocket: Socket) => {
    noteHead(answer)
    answer.headers = toRequestHeaders(toPairs(answer.rawHeaders)) as IncomingMessage['headers']
    for (const [side, hear] of [
      [socket, observer.requestChunk],
      [upstreamSocket, observer.responseChunk],
    ] as const) {
      // Paused, so that bytes which came along with the head wait for the other side as well.
      side.pause()
      side.on('data', hear)
    }
    socket.once('end', () => observer.closed('clientAborted'))
    for (const event of ['end', 'error', 'close']) {
      upstreamSocket.once(event, () => observer.closed('upstreamAborted'))
    }
    // A side that is gone for good takes the other one with it, after what was on its way has arrived.
    socket.once('close', () => upstreamSocket.destroySoon())
    upstreamSocket.once('close', () => socket.destroySoon())
  })
  upstreamRequest.once('response', (answer: IncomingMessage) => {
    noteHead(answer)
    const framing = answer.headers['transfer-encoding']
    answer.headers = {
      ...toRequestHeaders(withoutHopByHop(answer.rawHeaders)),
      ...(framing === undefined ? {} : { 'transfer-encoding': framing }),
    } as IncomingMessage['headers']
    answer.on('data', observer.responseChunk)
    answer.once('end', () => observer.closed('ended'))
    answer.once('error', () => observer.closed('upstreamAborted'))
  })
}
