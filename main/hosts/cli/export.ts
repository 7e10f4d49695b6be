import { sessionToJsonl, sessionToMarkdown } from './exportFormats.ts'
import { readSession } from './reading.ts'
import type { Terminal } from './terminal.ts'

export async function runExport(terminal: Terminal, id: string, format: 'jsonl' | 'markdown'): Promise<number> {
  const found = await readSession(terminal, id)
  if (!found) {
    terminal.complain(`tapedeck: there is no session ${id}. \`tapedeck sessions\` lists what there is.`)
    return 1
  }
  terminal.print(format === 'jsonl' ? sessionToJsonl(found) : sessionToMarkdown(found))
  return 0
}
