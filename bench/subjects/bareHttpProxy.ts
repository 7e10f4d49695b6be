import { createServer } from 'node:http'
import { createProxyServer } from 'http-proxy'
import { reportReady } from './child.ts'

/** http-proxy as its readme has it: the yardstick, since Tapedeck stands on the same library. */
const proxy = createProxyServer({ target: process.argv[2] as string })
proxy.on('error', (_error, _request, response) => response?.destroy())

const server = createServer((request, response) => void proxy.web(request, response))
server.on('upgrade', (request, socket, head) => void proxy.ws(request, socket as never, {}, head))

server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => reportReady(server))
