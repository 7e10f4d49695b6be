import { describe, expect, test } from 'vitest'
import { type Identity, identify } from './identify.ts'
import type { HeaderList, RawHead } from './rawExchange.ts'
import { codexIds, headOf, type Message, requestOf, turnMetadata } from './sampleTurn.ts'

const nobody: Identity = {
  sessionId: null,
  turnId: null,
  thread: { id: null, parentThreadId: null, subagent: null },
  threadSource: null,
  forkedFromThreadId: null,
  cwd: null,
  git: null,
  kind: 'turn',
  notes: [],
}
const ada: Identity = {
  ...nobody,
  sessionId: 's1',
  turnId: 't1',
  thread: { ...nobody.thread, id: 's1' },
  threadSource: 'user',
  cwd: '/home/ada/project',
  git: { commit: null, hasChanges: true },
}
const headers = (...list: HeaderList): Partial<RawHead> => ({ headers: list })
const metadataHeader = (more?: Message): [string, string] => ['X-Codex-Turn-Metadata', turnMetadata(more)]

describe('whose an exchange is', () => {
  test.each<[string, Partial<RawHead>, Message | null, Partial<Identity>]>([
    ['stands in the request', {}, requestOf(), ada],
    ['stands in its metadata alone', {}, { client_metadata: { 'x-codex-turn-metadata': turnMetadata() } }, ada],
    [
      'stands in its ids alone',
      {},
      { client_metadata: codexIds },
      { ...ada, threadSource: null, cwd: null, git: null },
    ],
    ['stands in headers, before the request came', headers(metadataHeader()), null, ada],
    [
      'stands in headers of a handshake that is refused',
      { transport: 'websocket', ...headers(metadataHeader()) },
      null,
      ada,
    ],
    [
      'is not what a handshake said, once there is a request',
      { transport: 'websocket', ...headers(metadataHeader({ turn_id: 'old', request_kind: 'prewarm' })) },
      { client_metadata: codexIds },
      { ...ada, threadSource: null, cwd: null, git: null },
    ],
    [
      'names the commit that the folder is at, and nothing else in its place',
      {},
      requestOf({}, { workspaces: { '/a': { latest_git_commit_hash: '3f2a1c9'.repeat(5), has_changes: false } } }),
      { ...ada, cwd: '/a', git: { commit: '3f2a1c9'.repeat(5), hasChanges: false } },
    ],
    ...['HEAD', '<b>', 'a'.repeat(100), 7].map((hash): [string, Partial<RawHead>, Message, Partial<Identity>] => [
      `names no commit by ${hash}`,
      {},
      requestOf({}, { workspaces: { '/a': { latest_git_commit_hash: hash, has_changes: false } } }),
      { ...ada, cwd: '/a', git: { commit: null, hasChanges: false } },
    ]),
    [
      'stands in headers with dashes',
      headers(['session-id', 's1'], ['Thread-Id', 's2']),
      {},
      { sessionId: 's1', thread: { ...nobody.thread, id: 's2' } },
    ],
    [
      'stands in headers with underscores',
      headers(['session_id', 's1'], ['conversation_id', 's2'], ['thread_id', 's2']),
      {},
      { sessionId: 's1', thread: { ...nobody.thread, id: 's2' } },
    ],
    [
      'of a sub-agent',
      {},
      requestOf({
        client_metadata: {
          ...codexIds,
          thread_id: 's2',
          'x-codex-parent-thread-id': 's1',
          'x-openai-subagent': 'review',
        },
      }),
      { sessionId: 's1', turnId: 't1', thread: { id: 's2', parentThreadId: 's1', subagent: 'review' } },
    ],
    [
      'of a sub-agent, by its metadata',
      {},
      {
        client_metadata: {
          'x-codex-turn-metadata': turnMetadata({
            parent_thread_id: 's0',
            subagent_kind: 'collab_spawn',
            forked_from_thread_id: 'f',
          }),
        },
      },
      { ...ada, thread: { id: 's1', parentThreadId: 's0', subagent: 'collab_spawn' }, forkedFromThreadId: 'f' },
    ],
    [
      'of a sub-agent, by headers',
      headers(['x-codex-parent-thread-id', 's0'], ['x-openai-subagent', 'review']),
      requestOf(),
      { ...ada, thread: { id: 's1', parentThreadId: 's0', subagent: 'review' } },
    ],
    [
      'is not told by empty ids',
      headers(['session-id', '']),
      requestOf({ client_metadata: { session_id: '', thread_id: 's1', turn_id: '' } }),
      { thread: { ...nobody.thread, id: 's1' } },
    ],
    [
      "is nobody's where the words disagree",
      headers(['session-id', 's1'], ['thread-id', 's3'], ['session_id', 's2']),
      { client_metadata: { ...codexIds, 'x-codex-turn-metadata': turnMetadata({ turn_id: 't2' }) } },
      {
        ...ada,
        sessionId: null,
        turnId: null,
        thread: nobody.thread,
        notes: [
          'The request names different threads (s1, s3), so none is believed.',
          'The request names different sessions (s1, s2), so none is believed.',
          'The request names different turns (t1, t2), so none is believed.',
        ],
      },
    ],
    [
      "is nobody's where all is nonsense",
      headers(['x-codex-turn-metadata', '[']),
      { client_metadata: [{ session_id: 1 }] },
      {},
    ],
    [
      "is nobody's where ids are no texts",
      {},
      { client_metadata: { session_id: 1, turn_id: {}, thread_id: ['x'] } },
      {},
    ],
  ])('%s', (_name, head, request, identity) => {
    const { notes, ...rest } = identify(headOf(head), request)
    const { notes: expectedNotes, ...expected } = { ...nobody, ...identity }
    expect(rest).toEqual(expected)
    expect(notes.sort()).toEqual([...expectedNotes].sort())
  })
})

test.each<[Identity['kind'], string, Message | null, Message?]>([
  ['turn', '/v1/responses', {}],
  ['turn', '/v1/responses', null],
  ['turn', '/v1/responses', {}, { request_kind: 'turn' }],
  ['prewarm', '/v1/responses', { generate: false }],
  ['prewarm', '/v1/responses', {}, { request_kind: 'prewarm' }],
  ['prewarm', '/v1/responses', { generate: false }, { thread_source: 'thread_title' }],
  ['title', '/v1/responses', {}, { thread_source: 'thread_title' }],
  ['compaction', '/v1/responses', {}, { request_kind: 'compaction' }],
  ['compaction', '/v1/responses/compact', {}],
  ['other', '/v1/models', null],
  ['other', '/v1/alpha/search', {}],
])('is a %s: %s %j %j', (kind, path, request, metadata) => {
  const withMetadata = request &&
    metadata && { ...request, client_metadata: { 'x-codex-turn-metadata': JSON.stringify(metadata) } }
  expect(identify(headOf({ path }), withMetadata ?? request).kind).toBe(kind)
})
