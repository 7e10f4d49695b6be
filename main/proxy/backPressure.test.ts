import { once } from 'node:events'
import { type IncomingMessage, request, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import type { Readable, Writable } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { type Stage, setStage, token } from './fakeUpstream.ts'

let stage: Stage
afterEach(() => stage.close())

const totalBytes = 96 * 1024 * 1024
/** More than the buffers of the operating system hold on the way, and far from all of it. */
const boundBytes = totalBytes / 2

/**
 * Writes as fast as it may while the other end reads a little at a time, and resolves to the most that was on its way at once.
 * Both ends and the proxy take turns on one thread, so a proxy that holds nothing back has taken in everything long before
 * half of it is read.
 */
async function measureMostUnderWay(writer: Writable, reader: Readable): Promise<number> {
  const chunk = Buffer.alloc(256 * 1024)
  let writtenBytes = 0
  let readBytes = 0
  let mostBytes = 0
  async function write() {
    while (writtenBytes < totalBytes) {
      writtenBytes += chunk.length
      if (!writer.write(chunk)) await once(writer, 'drain')
    }
  }
  async function readSlowly() {
    while (readBytes < totalBytes) {
      const bytes: Buffer | null = reader.read()
      mostBytes = Math.max(mostBytes, writtenBytes - readBytes)
      readBytes += bytes?.length ?? 0
      const turns = readBytes < totalBytes / 2 ? 8 : 1
      for (let turn = 0; turn < turns; turn++) await nextTurn()
    }
  }
  await Promise.all([write(), readSlowly()])
  return mostBytes
}

test('a codex that reads slowly holds the upstream back instead of filling our memory', async () => {
  const answering = Promise.withResolvers<ServerResponse>()
  stage = await setStage((_incoming, response) => answering.resolve(response.writeHead(200)))
  const asked = request(`${stage.base}/v1/responses`, { method: 'POST' }).end('{}')
  const writer = await answering.promise
  writer.flushHeaders()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  expect(await measureMostUnderWay(writer, answer)).toBeLessThan(boundBytes)
})

test('an upstream that reads slowly holds codex back', async () => {
  const asking = Promise.withResolvers<IncomingMessage>()
  stage = await setStage((incoming) => asking.resolve(incoming))
  const asked = request(`${stage.base}/v1/responses`, { method: 'POST' }).on('error', () => {})
  asked.flushHeaders()
  expect(await measureMostUnderWay(asked, await asking.promise)).toBeLessThan(boundBytes)
})

test.each(['codex', 'the upstream'])('frames to %s are held back as well', async (slowSide) => {
  stage = await setStage(() => {})
  const codex = connect(stage.port, '127.0.0.1').on('error', () => {})
  codex.write(
    `GET /t/${token}/v1/responses HTTP/1.1\r\nHost: 127.0.0.1:${stage.port}\r\n` +
      'Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  )
  const [, upstream] = (await once(stage.upstream, 'upgrade')) as [IncomingMessage, Socket]
  upstream.on('error', () => {})
  upstream.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
  await once(codex, 'readable')
  codex.read()
  const [writer, reader] = slowSide === 'codex' ? [upstream, codex] : [codex, upstream]
  expect(await measureMostUnderWay(writer, reader)).toBeLessThan(boundBytes)
  codex.destroy()
  upstream.destroy()
})
