import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { listenOnLoopback, listenWherePossible } from './listenOnLoopback.ts'

const servers: Server[] = []
function make(): Server {
  const server = createServer()
  servers.push(server)
  return server
}
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

test('it is bound to this computer alone, and tells the port', async () => {
  const server = make()
  const port = await listenOnLoopback(server, 0)
  expect(server.address()).toMatchObject({ address: '127.0.0.1', port })
})

test('a port that is taken is refused, and gives way to any other where it may', async () => {
  const taken = await listenOnLoopback(make(), 0)
  await expect(listenOnLoopback(make(), taken)).rejects.toMatchObject({ code: 'EADDRINUSE' })
  const server = make()
  const port = await listenWherePossible((wish) => listenOnLoopback(server, wish), taken)
  expect(port).not.toBe(taken)
  expect((server.address() as AddressInfo).port).toBe(port)
})

test('no other failure is tried again', async () => {
  const asked: number[] = []
  const fail = (port: number) => {
    asked.push(port)
    return Promise.reject(Object.assign(new Error('no'), { code: 'EACCES' }))
  }
  await expect(listenWherePossible(fail, 80)).rejects.toMatchObject({ code: 'EACCES' })
  expect(asked).toEqual([80])
})
