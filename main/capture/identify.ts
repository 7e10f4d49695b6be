import type { ExchangeKind } from '../../contract/domain/exchange.ts'
import type { Thread } from '../../contract/domain/session.ts'
import { asObject, asText, type JsonObject, parseObject } from './json.ts'
import type { RawHead } from './rawExchange.ts'
import type { ToldGit } from './reduced.ts'

export interface Identity {
  sessionId: string | null
  turnId: string | null
  /** Its `model` is the request's to tell. */
  thread: Omit<Thread, 'id' | 'model'> & { id: string | null }
  threadSource: string | null
  forkedFromThreadId: string | null
  cwd: string | null
  git: ToldGit | null
  kind: ExchangeKind
  notes: string[]
}

/**
 * Whose an exchange is, by codex's own word: it says so in the request's `client_metadata`, in a JSON text inside of that,
 * and in headers, in two spellings. Where they disagree none of them is believed, and a note says so.
 */
export function identify(head: RawHead, request: JsonObject | null): Identity {
  const notes: string[] = []
  const headerValues = (wanted: string) =>
    head.headers.flatMap(([name, value]) => (name.toLowerCase().replaceAll('_', '-') === wanted ? [value] : []))
  const client = asObject(request?.client_metadata) ?? {}
  const told = readTurnMetadata(client['x-codex-turn-metadata'])
  // A socket's handshake speaks of the moment in which it was opened, and of none of its later turns.
  const isOwnHeader = head.transport !== 'websocket' || request === null
  const metadata = told ?? (isOwnHeader ? readTurnMetadata(headerValues('x-codex-turn-metadata')[0]) : null) ?? {}

  function agree(what: string, ...candidates: unknown[]): string | null {
    const values = new Set(candidates.map(asText).filter((value) => value !== null))
    if (values.size < 2) return [...values][0] ?? null
    notes.push(`The request names different ${what}s (${[...values].join(', ')}), so none is believed.`)
    return null
  }

  const threadId = agree(
    'thread',
    client.thread_id,
    metadata.thread_id,
    ...headerValues('thread-id'),
    ...headerValues('conversation-id'),
  )
  const threadSource = asText(metadata.thread_source)
  const [cwd, workspace] = Object.entries(asObject(metadata.workspaces) ?? {})[0] ?? [null, null]
  return {
    sessionId: agree('session', client.session_id, metadata.session_id, ...headerValues('session-id')),
    turnId: agree('turn', client.turn_id, metadata.turn_id),
    thread: {
      id: threadId,
      parentThreadId:
        asText(client['x-codex-parent-thread-id']) ??
        asText(metadata.parent_thread_id) ??
        asText(headerValues('x-codex-parent-thread-id')[0]),
      subagent:
        asText(client['x-openai-subagent']) ??
        asText(metadata.subagent_kind) ??
        asText(headerValues('x-openai-subagent')[0]),
    },
    threadSource,
    forkedFromThreadId: asText(metadata.forked_from_thread_id),
    cwd,
    git: readGit(asObject(workspace)),
    kind: kindOf(head.path, request, asText(metadata.request_kind), threadSource),
    notes,
  }
}

/** codex names a folder without a word about it where it is no repository. */
function readGit(workspace: JsonObject | null): ToldGit | null {
  const told = asText(workspace?.latest_git_commit_hash)
  const commit = told !== null && /^[0-9a-f]{7,64}$/.test(told) ? told : null
  const hasChanges = workspace?.has_changes
  return commit === null && hasChanges === undefined ? null : { commit, hasChanges: hasChanges === true }
}

function readTurnMetadata(text: unknown): JsonObject | null {
  return typeof text === 'string' ? parseObject(text) : null
}

function kindOf(
  path: string,
  request: JsonObject | null,
  requestKind: string | null,
  threadSource: string | null,
): ExchangeKind {
  if (path.endsWith('/responses/compact')) return 'compaction'
  if (!path.endsWith('/responses')) return 'other'
  if (request?.generate === false || requestKind === 'prewarm') return 'prewarm'
  if (threadSource === 'thread_title') return 'title'
  return requestKind === 'compaction' ? 'compaction' : 'turn'
}
