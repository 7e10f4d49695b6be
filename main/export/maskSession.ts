import type { Session } from '../../contract/domain/session.ts'
import type { Item, ToolCall, Turn } from '../../contract/domain/turn.ts'
import type { Masker } from './mask.ts'

/** The session as it may be shown to others. */
export function maskSession(session: Session, masker: Masker): Session {
  return {
    ...session,
    title: masker.text(session.title, 'title'),
    cwd: session.cwd === null ? null : masker.text(session.cwd, 'folder'),
    ...(session.goesOnIn !== undefined && { goesOnIn: masker.text(session.goesOnIn, 'folder') }),
    errorMessage: session.errorMessage === null ? null : masker.text(session.errorMessage, 'errors'),
    tags: masker.value(session.tags, 'tags') as string[],
    note: masker.text(session.note, 'note'),
    threads: masker.value(session.threads, 'threads') as Session['threads'],
  }
}

export function maskTurn(turn: Turn, masker: Masker): Turn {
  return {
    ...turn,
    prompt: masker.text(turn.prompt, 'prompts'),
    items: turn.items.map((item) => maskItem(item, masker)),
    exchanges: turn.exchanges.map((exchange) => ({
      ...exchange,
      path: masker.text(exchange.path, 'address'),
      errorMessage: exchange.errorMessage === null ? null : masker.text(exchange.errorMessage, 'errors'),
      notes: exchange.notes.map((note) => masker.text(note, 'notes')),
    })),
  }
}

function maskItem(item: Item, masker: Masker): Item {
  switch (item.type) {
    case 'userMessage':
      return {
        ...item,
        text: masker.text(item.text, 'prompts'),
        images: masker.value(item.images, 'images') as string[],
        ...(item.imageNames && { imageNames: masker.value(item.imageNames, 'images') as (string | null)[] }),
      }
    case 'reasoning':
      return { ...item, text: masker.text(item.text, 'thoughts') }
    case 'assistantMessage':
      return { ...item, text: masker.text(item.text, 'answers') }
    case 'compaction':
      return { ...item, text: masker.text(item.text, 'compaction') }
    case 'error':
      return { ...item, message: masker.text(item.message, 'errors') }
    case 'toolCall':
      return {
        ...item,
        input: masker.text(item.input, 'commands'),
        output: item.output === null ? null : masker.text(item.output, 'output'),
        commands: masker.value(item.commands, 'commands') as string[],
        patch: item.patch === null ? null : masker.text(item.patch, 'edits'),
        ...(item.uses && { uses: masker.value(item.uses, 'commands') as ToolCall['uses'] }),
        ...(item.pictures && { pictures: masker.value(item.pictures, 'images') as ToolCall['pictures'] }),
        ...(item.images && { images: masker.value(item.images, 'images') as string[] }),
      }
    case 'unknown':
      return { ...item, raw: masker.value(item.raw, 'other') }
  }
}
