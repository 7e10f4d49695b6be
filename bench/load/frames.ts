import { WebSocket } from 'ws'
import { headersOf, idsOf, requestOf } from './modelTraffic.ts'

const timeoutMs = 20_000

/** Opens a WebSocket and sends `count` frames, each after the answer to the one before; resolves to the round trips. */
export function measureRoundTrips(
  baseUrl: string,
  wish: { count: number; frameBytes: number; run: string },
): Promise<number[]> {
  const roundTripsMs: number[] = []
  return new Promise((resolve, reject) => {
    const webSocket = new WebSocket(`${baseUrl.replace('http:', 'ws:')}/v1/responses`, {
      headers: headersOf(idsOf(wish.run, 0)),
      perMessageDeflate: false,
      handshakeTimeout: timeoutMs,
    })
    let sentAt = 0
    let deadline = setTimeout(giveUp, timeoutMs)
    function giveUp() {
      webSocket.terminate()
      reject(new Error(`${baseUrl} did not answer a frame in time`))
    }
    function sendNext() {
      const frame = requestOf(idsOf(wish.run, roundTripsMs.length), wish.frameBytes, { type: 'response.create' })
      clearTimeout(deadline)
      deadline = setTimeout(giveUp, timeoutMs)
      sentAt = performance.now()
      webSocket.send(frame)
    }
    webSocket.on('open', sendNext)
    webSocket.on('message', () => {
      roundTripsMs.push(performance.now() - sentAt)
      if (roundTripsMs.length < wish.count) return sendNext()
      clearTimeout(deadline)
      webSocket.close()
      resolve(roundTripsMs)
    })
    webSocket.on('error', (error) => {
      clearTimeout(deadline)
      reject(error)
    })
  })
}
