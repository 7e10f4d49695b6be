import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { refusals, refuseSocket } from './refusals.ts'

/** Reads what an upstream says on a socket before codex does, and ends the socket where codex is not to hear it. */
export interface SocketGuard {
  /** For the answer to a handshake that came about: a reader of the upstream's frames. */
  openFrames(answer: IncomingMessage): FrameWatch
  /** For a handshake that was refused: true when the refusal is to be kept from codex. */
  isRefusalKept(status: number, body: string): boolean
}

export interface FrameWatch {
  /** True when these bytes complete a message that codex is not to hear. */
  isKept(bytes: Uint8Array): boolean
  /** Whether the bytes so far end where a frame ends. */
  isBetweenFrames(): boolean
}

/**
 * Stands between the library and codex's socket: the library writes heads and pairs the sockets as ever, and what it writes
 * is looked at on its way. Nothing waits: bytes are written on in the moment in which they came, or never.
 */
export function guardSocket(upstreamRequest: ClientRequest, socket: Socket, guard: SocketGuard): void {
  upstreamRequest.once('upgrade', (answer: IncomingMessage) => guardFrames(socket, guard.openFrames(answer)))
  upstreamRequest.once('response', (answer: IncomingMessage) => {
    if (answer.statusCode === 429) guardRefusal(answer, socket, guard)
  })
}

function guardFrames(socket: Socket, watch: FrameWatch): void {
  const write = socket.write.bind(socket)
  let isHeadWritten = false
  let wasBetweenFrames = true
  socket.write = (chunk: Uint8Array | string, ...rest: never[]) => {
    // The first that the library writes is the head of the answer; after it come the upstream's bytes as they are.
    if (!isHeadWritten) {
      isHeadWritten = true
      return write(chunk, ...rest)
    }
    if (!watch.isKept(Buffer.from(chunk as Uint8Array))) {
      wasBetweenFrames = watch.isBetweenFrames()
      return write(chunk, ...rest)
    }
    socket.write = write
    // After this word codex opens another socket without a message to its user; a torn frame it takes for a lost connection.
    if (wasBetweenFrames) socket.end(textFrame(lostContext))
    else socket.destroy()
    return true
  }
}

function guardRefusal(answer: IncomingMessage, socket: Socket, guard: SocketGuard): void {
  const write = socket.write.bind(socket)
  const end = socket.end.bind(socket)
  const kept: (Uint8Array | string)[] = []
  const chunks: Buffer[] = []
  answer.on('data', (chunk: Buffer) => chunks.push(chunk))
  socket.write = (chunk: Uint8Array | string) => {
    kept.push(chunk)
    return true
  }
  socket.end = ((last?: Uint8Array | string) => {
    if (last !== undefined && typeof last !== 'function') kept.push(last)
    socket.write = write
    socket.end = end
    if (guard.isRefusalKept(answer.statusCode ?? 0, Buffer.concat(chunks).toString('utf8'))) {
      refuseSocket(socket, refusals.noWebSocket)
    } else {
      for (const chunk of kept) write(chunk)
      end()
    }
    return socket
  }) as Socket['end']
}

const lostContext = JSON.stringify({
  type: 'error',
  status: 400,
  error: { type: 'invalid_request_error', code: 'previous_response_not_found', message: 'Ask again.' },
})

/** One whole message of a server, not compressed, which is allowed at any time. */
function textFrame(text: string): Buffer {
  const payload = Buffer.from(text)
  const head = payload.length < 126 ? Buffer.from([0x81, payload.length]) : Buffer.from([0x81, 126, 0, 0])
  if (payload.length >= 126) head.writeUInt16BE(payload.length, 2)
  return Buffer.concat([head, payload])
}
