import { createInterface } from 'node:readline'
import { png } from '../main/capture/samplePictures.ts'

/** An MCP server of the tests' own, over stdin and stdout: each tool takes nothing and gives the same each time. */

const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="window.isPwned=1"><script>window.isPwned=1</script></svg>'

const results: Record<string, object> = {
  everything: {
    content: [
      { type: 'text', text: 'Two pages fit. <img src=x onerror=window.isPwned=1>' },
      { type: 'image', data: png(80, 60), mimeType: 'image/png' },
      { type: 'image', data: Buffer.from(svg).toString('base64'), mimeType: 'image/svg+xml' },
      { type: 'resource_link', uri: 'https://example.com/guide', name: 'guide', description: 'How it is done' },
      { type: 'resource_link', uri: 'javascript:window.isPwned=1', name: 'do not' },
      { type: 'resource', resource: { uri: 'file:///notes.txt', mimeType: 'text/plain', text: 'What was noted.' } },
    ],
  },
  json: { content: [{ type: 'text', text: JSON.stringify({ pages: [{ title: 'Owls', words: 120 }], next: null }) }] },
  failing: { content: [{ type: 'text', text: 'There is no such page.' }], isError: true },
}

/** What codex needs in its `config.toml` to have it as `docs`. */
export const mcpConfig = `[mcp_servers.docs]
command = ${JSON.stringify(process.execPath)}
args = [${JSON.stringify(import.meta.filename)}]
`

function answer(method: string, params: { name?: string; protocolVersion?: string } = {}): object {
  switch (method) {
    case 'initialize':
      return {
        protocolVersion: params.protocolVersion,
        capabilities: { tools: {} },
        serverInfo: { name: 'docs', version: '1.0.0' },
      }
    case 'tools/list': {
      const inputSchema = { type: 'object', properties: {} }
      return { tools: Object.keys(results).map((name) => ({ name, description: `Gives ${name}.`, inputSchema })) }
    }
    case 'tools/call':
      return results[params.name ?? ''] ?? {}
    default:
      return {}
  }
}

if (import.meta.main) {
  createInterface({ input: process.stdin }).on('line', (line) => {
    const { id, method, params } = JSON.parse(line)
    if (id === undefined) return
    process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, result: answer(method, params) })}\n`)
  })
}
