import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { type Instance, readInstance, writeInstance } from '../instance.ts'
import { connectToRunning } from './connection.ts'

test('a recorder is lost when it goes, and not when it is let go', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tapedeck-connection-'))
  const events = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => {
    events.close()
    rmSync(dataDir, { recursive: true })
  })
  await once(events, 'listening')
  const { port: apiPort } = events.address() as AddressInfo
  writeInstance(dataDir, { ...readInstance(dataDir), pid: 1, apiPort })
  const connect = async () => {
    const [connection, [socket]] = await Promise.all([connectToRunning(dataDir), once(events, 'connection')])
    if (!connection) throw new Error('Nobody answers.')
    return { connection, socket: socket as WebSocket, isLost: connection.lost.then(() => true) }
  }
  const first = await connect()
  const second = await connect()
  first.connection.close()
  await once(first.socket, 'close')
  second.socket.terminate()
  expect(await second.isLost).toBe(true)
  // By the time the second one knows, the first has known for long.
  expect(await Promise.race([first.isLost, Promise.resolve(false)])).toBe(false)
})

test('who answers in the place of one that was killed is taken for who it is', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tapedeck-connection-'))
  const server = createServer().listen(0, '127.0.0.1')
  const events = new WebSocketServer({ noServer: true })
  onTestFinished(() => {
    server.close()
    rmSync(dataDir, { recursive: true })
  })
  await once(server, 'listening')
  const { port: apiPort } = server.address() as AddressInfo
  const killed: Instance = { ...readInstance(dataDir), pid: 1, apiPort, proxyPort: 4002 }
  const successor: Instance = { ...killed, pid: 2, endsByItself: true }
  writeInstance(dataDir, killed)
  server.on('upgrade', (request, socket, head) => {
    writeInstance(dataDir, successor)
    events.handleUpgrade(request, socket, head, () => {})
  })
  const connection = await connectToRunning(dataDir)
  expect(connection?.instance).toEqual(successor)
  await connection?.close()
})
