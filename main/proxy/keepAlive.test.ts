import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { patiently, type RawStage, setRawStage } from './rawUpstream.ts'

let stage: RawStage
const agent = new Agent({ keepAlive: true, maxSockets: 1 })
afterEach(async () => {
  agent.destroy()
  await stage.close()
})

async function send(body: string) {
  const asked = request(`${stage.base}/v1/responses`, { method: 'POST', agent })
  asked.end(body)
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  return { reused: asked.reusedSocket, status: answer.statusCode, body: String(await buffer(answer)) }
}

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'

test('requests one after another share one connection on each side', async () => {
  stage = await setRawStage((socket) => socket.write(ok))
  expect(await send('1')).toEqual({ reused: false, status: 200, body: 'ok' })
  expect(await send('2')).toEqual({ reused: true, status: 200, body: 'ok' })
  expect(stage.connections()).toBe(1)
})

test('a connection that the upstream has closed is not used again', async () => {
  stage = await setRawStage((socket) => socket.end(ok))
  expect(await send('1')).toMatchObject({ status: 200 })
  expect(await send('2')).toMatchObject({ status: 200 })
  expect(stage.connections()).toBe(2)
})

test('a connection whose answer was broken off is not used again', async () => {
  let closed = 0
  stage = await setRawStage((socket, soFar) => {
    socket.once('close', () => {
      closed += 1
    })
    if (soFar.endsWith('long')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf')
    else socket.write(ok)
  })
  const asked = request(`${stage.base}/v1/responses`, { method: 'POST' })
  asked.end('long')
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  answer.on('error', () => {})
  await once(answer, 'data')
  asked.destroy()
  await expect.poll(() => closed, patiently).toBe(1)
  expect(await send('2')).toMatchObject({ status: 200, body: 'ok' })
  expect(stage.connections()).toBe(2)
})

test('a refusal of ours leaves the connection usable', async () => {
  stage = await setRawStage((socket) => socket.write(ok))
  const asked = request(`http://127.0.0.1:${stage.port}/elsewhere`, { method: 'POST', agent })
  asked.end('x'.repeat(300_000))
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  expect(answer.statusCode).toBe(400)
  await buffer(answer)
  expect(await send('2')).toEqual({ reused: true, status: 200, body: 'ok' })
})
