import type { Session } from '../contract/domain/session.ts'
import type { Item, ToolCall, Turn } from '../contract/domain/turn.ts'
import { noUsage } from '../contract/domain/usage.ts'
import { openArchive } from '../main/archive/archive.ts'
import type { CodexHome } from './codexHome.ts'

export const longSessionId = 'session-long'
export const longTurnId = 'turn-2'
/** Of the long turn. */
const itemCount = 5_000
/** In the middle of the long output, and nowhere else. */
export const needle = 'needle-in-the-output'
/** Behind what is sent along of the long output. */
export const indexedNeedle = 'xylophone-behind-the-beginning'
export const longOutputItem = 'turn-3.1'
const startedAt = Date.UTC(2026, 10, 3, 9, 30)

/** Puts a session into the archive of a home that nobody serves yet: a short turn, one of many items, one of a long output. */
export function fillLongSession(home: CodexHome, outputBytes: number): void {
  putSession(home, [
    turnOf(1, 'How is the weather in the tests?', [answer('turn-1.1', 'Fair, with a chance of flakes.')]),
    turnOf(2, 'Walk through all of it', manyItems()),
    turnOf(3, 'Print everything', [
      call(longOutputItem, 'cat everything.log', longOutput(outputBytes)),
      answer('turn-3.2', 'That was everything.'),
    ]),
  ])
}

/** A session of so many turns, the last of them of this number. */
export function fillManyTurns(home: CodexHome, count: number): void {
  putSession(home, manyTurns(count))
}

/** A session of one turn with these items. */
export function fillItems(home: CodexHome, items: Item[]): void {
  putSession(home, [turnOf(1, 'Show everything', items)])
}

/** The same in front of what was recorded of a session already. */
export function fillManyTurnsBefore(home: CodexHome, session: Session, count: number): void {
  const { id } = session
  const startedAt = (turn: Turn) => session.startedAt - 1_000 * (count + 1 - turn.seq)
  const turns = manyTurns(count).map((turn) => ({
    ...turn,
    ...{ sessionId: id, threadId: id, startedAt: startedAt(turn), endedAt: startedAt(turn) + 900 },
  }))
  putTurns(home, turns, session)
}

function manyTurns(count: number): Turn[] {
  return Array.from({ length: count }, (_, at) => {
    const id = `turn-${at + 1}`
    const lines = Array.from({ length: 1 + ((at * 7) % 23) }, (_, line) => `Line ${line} of answer ${at + 1}.`)
    return turnOf(at + 1, `Question ${at + 1}`, [
      call(`${id}.1`, `test part-${at + 1}`, 'fine'),
      answer(`${id}.2`, lines.join('\n\n')),
    ])
  })
}

function putSession(home: CodexHome, turns: Turn[]): void {
  putTurns(home, turns, sessionOf(turns))
}

function putTurns(home: CodexHome, turns: Turn[], session: Session): void {
  const archive = openArchive(home.env.TAPEDECK_HOME as string)
  archive.transaction(() => {
    for (const turn of turns) {
      archive.readModel.putTurn({
        turn,
        summary: {
          ...turn,
          thread: { id: session.id, parentThreadId: null, subagent: null, model: turn.model },
          launchId: 'launch',
          cwd: session.cwd,
          accountMode: null,
          credential: null,
          exchangeCount: 0,
          usageGroups: [],
          hasEdits: true,
          hasErrors: false,
          errorMessage: null,
        },
        documents: turn.items.flatMap((item) =>
          item.type === 'toolCall' && item.output?.includes(needle)
            ? [{ itemId: item.id, type: item.type, kind: 'output', tool: item.name, at: item.at, text: item.output }]
            : [],
        ),
      })
    }
    archive.readModel.putSession(session)
    archive.ledger.write('seq', Math.max(archive.ledger.read('seq'), turns.length, 10))
  })
  archive.close()
}

function manyItems(): Item[] {
  const items: Item[] = []
  for (let at = 1; items.length < itemCount - 1; at += 1) {
    const id = `turn-2.${at}`
    switch (at % 10) {
      case 1:
        items.push({ ...base(id), type: 'reasoning', text: `**Step ${at}**\n\nLook at part ${at}.`, encrypted: false })
        break
      case 6:
        items.push(answer(id, `Part ${at} is fine.\n\n- one\n- two\n\n\`\`\`js\nconst part = ${at}\n\`\`\``))
        break
      case 8:
        items.push({ ...call(id, `test part-${at}`, `part ${at} fails`), exitCode: 1, status: 'failed' })
        break
      case 0:
        items.push({ ...call(id, '', 'done'), name: 'apply_patch', commands: [], patch: patchOf(at) })
        break
      default:
        items.push(call(id, `rg -n part-${at}`, Array.from({ length: 30 }, (_, n) => `${at}:${n}: part`).join('\n')))
    }
  }
  items.push(answer(`turn-2.last`, 'All of it was walked through.'))
  return items
}

function patchOf(at: number): string {
  return `*** Begin Patch\n*** Update File: src/part-${at}.js\n@@\n-const part = 0\n+const part = ${at}\n*** End Patch`
}

function longOutput(bytes: number): string {
  const lines: string[] = []
  let length = 0
  for (let at = 0; length < bytes; at += 1) {
    const line = `${String(at).padStart(8, '0')} the quick brown fox jumps over the lazy dog, again and again and again`
    lines.push(line)
    length += line.length + 1
  }
  lines[Math.floor(lines.length / 2)] = needle
  if (lines.length > 10_000) lines[2_000] = indexedNeedle
  lines.push('the last line of it')
  return lines.join('\n')
}

export const base = (id: string) => ({ id, exchangeId: `exchange of ${id}`, at: startedAt })

export function answer(id: string, text: string): Item {
  return { ...base(id), type: 'assistantMessage', text }
}

export function call(id: string, command: string, output: string): ToolCall {
  return {
    ...base(id),
    type: 'toolCall',
    callId: id,
    name: 'exec_command',
    input: JSON.stringify({ cmd: command }),
    output,
    status: 'completed',
    durationMs: 120,
    exitCode: 0,
    commands: [command],
    patch: null,
  }
}

function turnOf(number: number, prompt: string, items: Item[]): Turn {
  const id = `turn-${number}`
  return {
    id,
    threadId: longSessionId,
    sessionId: longSessionId,
    prompt,
    status: 'completed',
    startedAt: startedAt + number * 600_000,
    endedAt: startedAt + number * 600_000 + number * 90_000,
    model: 'gpt-6.1-sol',
    usage: { ...noUsage, inputTokens: 40_000 * number, cachedInputTokens: 30_000 * number, outputTokens: 900 },
    items: [{ ...base(`${id}.0`), type: 'userMessage', text: prompt, images: [] }, ...items],
    exchanges: [],
    seq: number,
  }
}

function sessionOf(turns: Turn[]): Session {
  return {
    id: longSessionId,
    title: turns[0]?.prompt ?? '',
    cwd: '/home/me/project',
    startedAt,
    updatedAt: startedAt + 4 * 600_000,
    status: 'completed',
    model: 'gpt-6.1-sol',
    accountMode: null,
    credential: null,
    turnCount: turns.length,
    exchangeCount: 0,
    usage: noUsage,
    apiEquivalentUsd: null,
    durationMs: 0,
    hasEdits: true,
    hasErrors: false,
    isStarred: false,
    tags: [],
    note: '',
    errorMessage: null,
    threads: [{ id: longSessionId, parentThreadId: null, subagent: null, model: 'gpt-6.1-sol' }],
    seq: 9,
  }
}
