import { readableJson } from '../../contract/domain/readableJson.ts'
import type { Item, ToolCall } from '../../contract/domain/turn.ts'
import { factsOf } from './facts.ts'
import type { Format } from './format.ts'
import { maskSession, maskTurn } from './maskSession.ts'
import { revealControls, showOutput } from './pageText.ts'

/** The conversation as people read it, without what would drive the terminal that it is looked at in: prompts, thoughts, commands with their output, patches and answers. */
export const markdown: Format = {
  mediaType: 'text/markdown',
  extension: 'md',
  begin: () => '',
  beginSession(session, masker, models) {
    const shown = maskSession(session, masker)
    return revealControls(`# ${toLine(shown.title)}\n\n${toLine(factsOf(shown, models).join(' · '))}\n`)
  },
  parts: {
    of: 'turns',
    hasPictures: false,
    part: (turn, _number, masker) =>
      maskTurn(turn, masker)
        .items.map((item) => `\n${revealControls(formatItem(item))}\n`)
        .join(''),
  },
  endSession: () => '\n',
  end: () => '',
}

function formatItem(item: Item): string {
  switch (item.type) {
    case 'userMessage':
      return `## You\n\n${item.text}${item.images.length > 0 ? `\n\n*${item.images.length} image(s)*` : ''}`
    case 'assistantMessage':
      return `## Codex\n\n${item.text}`
    case 'reasoning':
      return item.text ? quote(item.text) : '> (a thought that only the model can read)'
    case 'toolCall':
      return formatToolCall(item)
    case 'compaction':
      return `---\n\n*The context was compacted here.*${item.text ? `\n\n${quote(item.text)}` : ''}`
    case 'error':
      return `**Error${item.code ? ` (${item.code})` : ''}:** ${item.message}`
    case 'unknown':
      return `**${toLine(item.label)}**\n\n${fence(readableJson(item.raw), 'json')}`
  }
}

function formatToolCall(call: ToolCall): string {
  const blocks = []
  if (call.commands.length > 0) blocks.push(fence(call.commands.map((command) => `$ ${command}`).join('\n'), 'sh'))
  if (call.patch !== null) blocks.push(fence(call.patch, 'diff'))
  if (blocks.length === 0) blocks.push(fence(call.input))
  if (call.output) blocks.push(fence(showOutput(call.output)))
  if (call.pictures) blocks.push(`*${call.pictures.length} image(s)*`)
  const exit = call.exitCode === null ? '' : ` · exit ${call.exitCode}`
  return [`**${toLine(call.name)}**${exit}`, ...blocks].join('\n\n')
}

function toLine(text: string): string {
  return text.replace(/\s+/g, ' ')
}

function quote(text: string): string {
  return text.replace(/^/gm, '> ')
}

/** The fence is longer than any run of backticks inside, so the text cannot end its own block. */
function fence(text: string, language = ''): string {
  let longest = 2
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length)
  const ticks = '`'.repeat(longest + 1)
  return `${ticks}${language}\n${text.replace(/\n$/, '')}\n${ticks}`
}
