import type { Session } from '../../../contract/domain/session.ts'
import type { Item, Turn } from '../../../contract/domain/turn.ts'

interface Exported {
  session: Session
  turns: Turn[]
}

/** One JSON document a line: the session, then its turns in order, each with a `type` that says which it is. */
export function sessionToJsonl({ session, turns }: Exported): string {
  return [{ type: 'session', ...session }, ...turns.map((turn) => ({ type: 'turn', ...turn }))]
    .map((line) => JSON.stringify(line))
    .join('\n')
}

/** The conversation as a page that people read: prompts, thoughts, commands with their output, patches and answers. */
export function sessionToMarkdown({ session, turns }: Exported): string {
  const facts = [session.model, session.cwd && `\`${session.cwd}\``, new Date(session.startedAt).toISOString()]
  return [
    `# ${session.title}`,
    facts.filter(Boolean).join(' · '),
    ...turns.flatMap((turn) => turn.items.map(itemToMarkdown)),
  ].join('\n\n')
}

function itemToMarkdown(item: Item): string {
  switch (item.type) {
    case 'userMessage':
      return `## You\n\n${item.text}`
    case 'assistantMessage':
      return `## Codex\n\n${item.text}`
    case 'reasoning':
      return item.text ? quote(item.text) : '> (a thought that only the model can read)'
    case 'toolCall':
      return toolCallToMarkdown(item)
    case 'compaction':
      return `---\n\n*The context was compacted here.*${item.text ? `\n\n${quote(item.text)}` : ''}`
    case 'error':
      return `**Error${item.code ? ` (${item.code})` : ''}:** ${item.message}`
    case 'unknown':
      return `**${item.label}**\n\n${fence(JSON.stringify(item.raw, null, 2), 'json')}`
  }
}

function toolCallToMarkdown(call: Extract<Item, { type: 'toolCall' }>): string {
  const blocks = []
  if (call.commands.length > 0) blocks.push(fence(call.commands.map((command) => `$ ${command}`).join('\n'), 'sh'))
  if (call.patch !== null) blocks.push(fence(call.patch, 'diff'))
  if (blocks.length === 0) blocks.push(fence(call.input))
  if (call.output) blocks.push(fence(call.output))
  const exit = call.exitCode === null ? '' : ` · exit ${call.exitCode}`
  return [`**${call.name}**${exit}`, ...blocks].join('\n\n')
}

function quote(text: string): string {
  return text.replace(/^/gm, '> ')
}

/** The fence is longer than any run of backticks inside, so the text cannot end its own block. */
function fence(text: string, language = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((run) => run[0].length))
  const ticks = '`'.repeat(longest + 1)
  return `${ticks}${language}\n${text.replace(/\n$/, '')}\n${ticks}`
}
