import { createMessageReader, negotiatedDeflate } from '../capture/webSocketFrames.ts'
import type { HeaderList } from '../proxy/tap.ts'

/** Lets the proxy, which understands nothing itself, see whole messages of a socket's server: one reader for one answered handshake. */
export function readServerFrames(answerHeaders: HeaderList) {
  const deflate = negotiatedDeflate(answerHeaders)
  const reader = createMessageReader(deflate && { takeover: deflate.serverTakeover })
  return { push: (bytes: Uint8Array) => reader.push(bytes).messages, isBetweenFrames: reader.isBetweenFrames }
}
