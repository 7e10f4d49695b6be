import { createInterface } from 'node:readline'

/** A small MCP server over stdin and stdout, with one tool: it knows a page of documentation. Codex starts it. */

interface Call {
  id?: number | string
  method: string
  params?: { protocolVersion?: string }
}

const page = `node:test, mocking timers
mock.timers.enable({ apis: ['Date'], now: 0 }) makes Date.now() stand still; mock.timers.tick(ms) moves it on.
A clock that is passed in as an argument needs none of this.`

const tool = {
  name: 'search_pages',
  description: 'Looks something up in the documentation of Node.js.',
  inputSchema: { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] },
  annotations: { readOnlyHint: true },
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line) as Call
  if (id === undefined) continue
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, ...answerTo(method, params) })}\n`)
}

function answerTo(method: string, params: Call['params']): object {
  switch (method) {
    case 'initialize': {
      const serverInfo = { name: 'docs', version: '1.0.0' }
      return { result: { protocolVersion: params?.protocolVersion, capabilities: { tools: {} }, serverInfo } }
    }
    case 'tools/list':
      return { result: { tools: [tool] } }
    case 'tools/call':
      return { result: { content: [{ type: 'text', text: page }] } }
    case 'ping':
      return { result: {} }
    default:
      return { error: { code: -32601, message: `${method} is not known here.` } }
  }
}
