import { Agent, createServer, request as startRequest } from 'node:http'
import { connect } from 'node:net'
import { reportReady } from './child.ts'

/** The least that can stand between: node:http on both sides and a pipe each way. */
const upstream = new URL(process.argv[2] as string)
const agent = new Agent({ keepAlive: true })

const server = createServer((request, response) => {
  const { method, url, headers } = request
  const onward = startRequest(
    { host: upstream.hostname, port: upstream.port, method, path: url, headers, agent },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    },
  )
  onward.on('error', () => response.destroy())
  response.on('close', () => onward.destroy())
  request.pipe(onward)
})

server.on('upgrade', (request, socket, head) => {
  const onward = connect(Number(upstream.port), upstream.hostname, () => {
    const lines = request.rawHeaders.flatMap((name, at) =>
      at % 2 === 0 ? [`${name}: ${request.rawHeaders[at + 1]}`] : [],
    )
    onward.write([`${request.method} ${request.url} HTTP/1.1`, ...lines, '', ''].join('\r\n'))
    onward.write(head)
    socket.pipe(onward).pipe(socket)
  })
  onward.setNoDelay()
  onward.on('error', () => socket.destroy())
  socket.on('error', () => onward.destroy())
})

server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => reportReady(server))
