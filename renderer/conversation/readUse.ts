import { isPath, lastPart, readSpawn, spawning } from './spawnOf.ts'

/** What a call of a tool asked for, where Tapedeck knows the tool. */
export type Use =
  | { kind: 'plan'; steps: PlanStep[]; explanation: string | null }
  | { kind: 'web'; searches: string[]; pages: string[]; patterns: string[] }
  | { kind: 'mcp'; server: string; tool: string; input: string }
  | { kind: 'image'; paths: string[] }
  | { kind: 'drawing'; prompt: string }
  /** Into a program that runs on in a terminal of codex's own; an empty text only waits for what it prints. */
  | { kind: 'terminal'; session: string; typed: string }
  /** For a program of the code mode that runs on. */
  | { kind: 'program'; cell: string }
  /** A sub-agent, by the name of its task and what it was asked, as far as they can be read. */
  | { kind: 'spawn'; task: string | null; message: string | null }
  /** For sub-agents: those that are named, or any. */
  | { kind: 'agents'; names: string[] }

export interface PlanStep {
  text: string
  status: 'done' | 'doing' | 'open'
}

type Fields = Record<string, unknown>

/** Null for a tool that is shown by its name and its input alone, and for a known one that was asked something unknown. */
export function readUse(name: string, input: string): Use | null {
  const [, server, tool] = /^mcp__(.+?)(?:__|\.)(.+)$/s.exec(name) ?? []
  if (server && tool) return { kind: 'mcp', server, tool, input }
  const fields = parse(input)
  if (fields === null) return null
  if (/(^|\.)update_plan$/.test(name)) return readPlan(fields)
  if (/(^|\.)write_stdin$/.test(name)) return readTerminal(fields)
  if (/(^|\.)wait$/.test(name)) return readWait(fields)
  if (spawning.test(name)) return readSpawned(input)
  if (/(^|[._])wait_agent$/.test(name)) return readAwaited(fields)
  if (/(^|\.)(web_search|web__run|web\.run|run)$/.test(name) && /web/.test(name)) return readWeb(fields)
  if (/(^|\.)view_image$/.test(name)) return text(fields.path) ? { kind: 'image', paths: [String(fields.path)] } : null
  if (/(^|[._])imagegen$|^image_generation$/.test(name)) return readDrawing(fields)
  return null
}

/** Both of codex's own tool and of OpenAI's, which says what it made of what it was asked. */
function readDrawing({ prompt, revised_prompt }: Fields): Use | null {
  const asked = text(revised_prompt) ?? text(prompt)
  return asked === null ? null : { kind: 'drawing', prompt: asked }
}

function readTerminal({ session_id, chars }: Fields): Use | null {
  if (typeof session_id !== 'number' && typeof session_id !== 'string') return null
  return { kind: 'terminal', session: String(session_id), typed: typeof chars === 'string' ? chars : '' }
}

function readWait({ cell_id }: Fields): Use | null {
  return typeof cell_id === 'number' || typeof cell_id === 'string' ? { kind: 'program', cell: String(cell_id) } : null
}

function readSpawned(input: string): Use {
  const { taskName, message } = readSpawn(input)
  return { kind: 'spawn', task: taskName, message }
}

function readAwaited({ target, targets, agent_id, ids }: Fields): Use {
  const named = [text(target), text(agent_id), ...texts(targets), ...texts(ids)]
  return { kind: 'agents', names: unique(named.map((name) => (name !== null && isPath(name) ? lastPart(name) : name))) }
}

function readPlan({ plan, explanation }: Fields): Use | null {
  const steps = list(plan).flatMap((entry): PlanStep[] => {
    const step = text(entry.step)
    return step === null ? [] : [{ text: step, status: readStatus(entry.status) }]
  })
  return steps.length === 0 ? null : { kind: 'plan', steps, explanation: text(explanation) }
}

function readStatus(status: unknown): PlanStep['status'] {
  if (status === 'completed') return 'done'
  return status === 'in_progress' ? 'doing' : 'open'
}

/** Both of the hosted tool, which does one thing a call, and of the one that codex runs, which may do several. */
function readWeb(fields: Fields): Use | null {
  const searches = [text(fields.query), ...texts(fields.queries), ...list(fields.search_query).map(({ q }) => text(q))]
  const opened = [text(fields.url), ...list(fields.open).map(({ ref_id, url }) => text(url) ?? text(ref_id))]
  const patterns = [text(fields.pattern), ...list(fields.find).map(({ pattern }) => text(pattern))]
  const use = { kind: 'web' as const, searches: unique(searches), pages: unique(opened), patterns: unique(patterns) }
  return use.searches.length + use.pages.length + use.patterns.length === 0 ? null : use
}

function parse(input: string): Fields | null {
  try {
    const value: unknown = JSON.parse(input)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null
  } catch {
    return null
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.flatMap((each) => text(each) ?? []) : []
}

function list(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter((each): each is Fields => typeof each === 'object' && each !== null) : []
}

function unique(values: (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))]
}
