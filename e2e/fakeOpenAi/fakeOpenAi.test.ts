import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type CodexHome, type CodexHomeOptions, createCodexHome } from '../codexHome.ts'
import {
  answer,
  applyPatch,
  compaction,
  cutAfter,
  exec,
  fail,
  httpError,
  incomplete,
  patch,
  run,
  say,
  shell,
  spawnAgent,
  think,
  usageLimit,
  wait,
  waitAgent,
} from './answers.ts'
import { execDirectly } from './directCodex.ts'
import { type FakeOpenAi, startFakeOpenAi } from './fakeOpenAi.ts'
import type { ModelRequest } from './scenario.ts'

let fake: FakeOpenAi
const homes: CodexHome[] = []

beforeEach(async () => {
  fake = await startFakeOpenAi()
  fake.workspaceBackendOrigin = 'https://chatgpt.com'
})
afterEach(async () => {
  for (const home of homes.splice(0)) home.remove()
  await fake.close()
})

function makeHome(options: Partial<CodexHomeOptions> = {}): CodexHome {
  const home = createCodexHome(fake, { login: 'chatgpt', ...options })
  homes.push(home)
  return home
}

const ask = (...args: string[]) => execDirectly(fake, makeHome(), 'chatgpt', ...args)
const modelCalls = () =>
  fake.seen
    .filter(({ path }) => path.endsWith('/responses'))
    .map(({ upstream, method, transport, headers }) => [
      upstream,
      method,
      transport,
      headers['content-encoding'] ?? null,
    ])

test('codex exec plays a turn over a WebSocket, signed in with ChatGPT', async () => {
  expect(await ask('say hi')).toMatchObject({ code: 0, stdout: 'You said: say hi\n' })
  expect(modelCalls()).toEqual([
    ['chatgpt', 'UPGRADE', 'websocket', null],
    ['chatgpt', 'WS', 'websocket', null],
    ['chatgpt', 'WS', 'websocket', null],
  ])
})

test('without WebSockets codex posts, compressed', async () => {
  fake.webSocket = 'refuse426'
  expect(await ask('say hi')).toMatchObject({ code: 0, stdout: 'You said: say hi\n' })
  expect(modelCalls()).toEqual([
    ['chatgpt', 'UPGRADE', 'websocket', null],
    ['chatgpt', 'POST', 'http', 'zstd'],
  ])
})

test.each([
  ['accept', 'WS'],
  ['refuse426', 'POST'],
] as const)('an API key plays at the API (handshake: %s)', async (webSocket, method) => {
  fake.webSocket = webSocket
  const home = makeHome({ login: 'apiKey' })
  expect(await execDirectly(fake, home, 'apiKey', 'say hi')).toMatchObject({ code: 0, stdout: 'You said: say hi\n' })
  expect(modelCalls().at(-1)).toEqual(['openai', method, expect.anything(), null])
  expect(fake.seen.filter(({ upstream, path }) => upstream === 'chatgpt' && path.includes('/codex/resp'))).toEqual([])
})

describe.each(['accept', 'refuse426'] as const)('tools (handshake: %s)', (webSocket) => {
  test('code mode: programs run commands and apply patches, and the request carries the whole context', async () => {
    fake.webSocket = webSocket
    const asked: ModelRequest[] = []
    fake.scenario = (request) => {
      asked.push(request)
      const add = '*** Begin Patch\n*** Add File: b.txt\n+new\n*** End Patch'
      return (
        [
          answer(think('**Looking**'), say('I look.', { phase: 'commentary' }), run('cat a.txt')),
          answer(patch(add)),
          exec('text(1 + 1)'),
        ][request.step - 1] ?? say('Done.')
      )
    }
    const home = makeHome()
    expect(await execDirectly(fake, home, 'chatgpt', 'go')).toMatchObject({ code: 0, stdout: 'Done.\n' })
    expect(readFileSync(join(home.cwd, 'b.txt'), 'utf8')).toBe('new\n')
    expect(asked.map(({ lastOutput }) => lastOutput)).toEqual([
      null,
      expect.stringContaining('hello\n'),
      expect.any(String),
      expect.stringContaining('2'),
    ])
    expect(asked.map(({ kind, prompt, subagent, attempt }) => ({ kind, prompt, subagent, attempt }))).toEqual(
      Array(4).fill({ kind: 'turn', prompt: 'go', subagent: null, attempt: 1 }),
    )
    const ofTurn = asked[3]?.input.map(({ type }) => type).slice(-8)
    expect(ofTurn).toEqual([
      'reasoning',
      'message',
      'custom_tool_call',
      'custom_tool_call_output',
      'custom_tool_call',
      'custom_tool_call_output',
      'custom_tool_call',
      'custom_tool_call_output',
    ])
  })

  test('classic: a shell command and a patch', async () => {
    fake.webSocket = webSocket
    const outputs: Array<string | null> = []
    fake.scenario = ({ step, lastOutput }) => {
      outputs.push(lastOutput)
      const add = '*** Begin Patch\n*** Add File: b.txt\n+new\n*** End Patch'
      return [shell('cat a.txt'), applyPatch(add)][step - 1] ?? say('Done.')
    }
    const home = makeHome()
    const { code, stdout } = await execDirectly(fake, home, 'chatgpt', '-m', 'gpt-5.5', 'go')
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'Done.\n' })
    expect(readFileSync(join(home.cwd, 'b.txt'), 'utf8')).toBe('new\n')
    expect(outputs).toEqual([null, expect.stringContaining('hello\n'), expect.stringContaining('b.txt')])
  })
})

describe.each(['accept', 'refuse426'] as const)('errors (handshake: %s)', (webSocket) => {
  beforeEach(() => {
    fake.webSocket = webSocket
  })

  test.each([
    ['response.failed', () => fail('server_error', 'Something broke.')],
    ['a connection that breaks in the middle', () => cutAfter(say('Half of what I wanted to say'), 5)],
  ])('codex asks again after %s', async (_name, trouble) => {
    const attempts: number[] = []
    fake.scenario = ({ attempt }) => {
      attempts.push(attempt)
      return attempt === 1 ? trouble() : say('Here I am.')
    }
    const { code, stdout } = await ask('hello')
    expect({ code, stdout, attempts }).toEqual({ code: 0, stdout: 'Here I am.\n', attempts: [1, 2] })
  })

  test('what was done before the connection broke, codex keeps and sends along', async () => {
    const asked: ModelRequest[] = []
    fake.scenario = (request) => {
      asked.push(request)
      return request.step === 1 ? cutAfter(say('All but the end.'), -1) : say('The end.')
    }
    const { code, stdout } = await ask('hello')
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'The end.\n' })
    expect(asked.map(({ attempt, input }) => [attempt, input.at(-1)?.role])).toEqual([
      [1, 'user'],
      [1, 'assistant'],
    ])
  })

  test.each([
    ['the usage limit', usageLimit, /hit your usage limit/],
    ['a request that is refused', () => httpError(400, { message: 'No such thing.' }), /No such thing\./],
    ['an answer that is cut short', () => incomplete('max_output_tokens', say('Half')), /max_output_tokens/],
    ['a full context', () => fail('context_length_exceeded', 'Too long.'), /ran out of room/],
    ['an empty account', () => fail('insufficient_quota', 'Pay first.'), /Quota exceeded/],
    [
      'a scenario that throws',
      () => {
        throw new Error('my own mistake')
      },
      /my own mistake/,
    ],
  ])('codex gives up after %s', async (_name, scenario, told) => {
    fake.scenario = scenario
    const { code, stderr } = await ask('hello')
    expect({ code, isTold: told.test(stderr) }).toEqual({ code: 1, isTold: true })
  })

  test('all connections can be broken at once, and codex comes back', async () => {
    fake.scenario = ({ attempt }) => {
      if (attempt > 1) return say('Back.')
      setImmediate(() => fake.dropConnections())
      return answer(wait(60_000), say('Never said.'))
    }
    const { code, stdout } = await ask('hello')
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'Back.\n' })
  })
})

test('after a handshake that is reset codex falls back to posts', async () => {
  fake.webSocket = 'reset'
  expect(await ask('hello')).toMatchObject({ code: 0, stdout: 'You said: hello\n' })
  expect(modelCalls().at(-1)).toEqual(['chatgpt', 'POST', 'http', 'zstd'])
})

describe('credentials', () => {
  const refreshes = () => fake.seen.filter(({ upstream, path }) => upstream === 'auth' && path === '/oauth/token')

  test.each([60, -10])('a token with %i seconds left is refreshed before it is used', async (accessTokenLivesS) => {
    const home = makeHome({ accessTokenLivesS })
    const before = JSON.parse(home.readAuth()).tokens
    expect(await execDirectly(fake, home, 'chatgpt', 'hello')).toMatchObject({ code: 0 })
    expect(refreshes()).toMatchObject([{ body: { grant_type: 'refresh_token', refresh_token: before.refresh_token } }])
    const after = JSON.parse(home.readAuth()).tokens
    expect(after.access_token).not.toBe(before.access_token)
    expect(fake.seen.findLast(({ method }) => method === 'UPGRADE')?.headers.authorization).toBe(
      `Bearer ${after.access_token}`,
    )
  })

  test('a refresh token is good once', async () => {
    const home = makeHome({ accessTokenLivesS: -10 })
    fake.identities.refresh(JSON.parse(home.readAuth()).tokens.refresh_token)
    fake.webSocket = 'refuse426'
    const { code, stderr } = await execDirectly(fake, home, 'chatgpt', 'hello')
    expect({ code, isTold: /was already used/.test(stderr) }).toEqual({ code: 1, isTold: true })
  })

  test.each([
    ['refresh_token_expired', /has expired/],
    ['refresh_token_invalidated', /was revoked/],
  ] as const)('refreshes can be refused: %s', async (failure, told) => {
    const home = makeHome({ accessTokenLivesS: -10 })
    fake.identities.failRefreshes(failure)
    fake.webSocket = 'refuse426'
    const { code, stderr } = await execDirectly(fake, home, 'chatgpt', 'hello')
    expect({ code, isTold: told.test(stderr) }).toEqual({ code: 1, isTold: true })
  })

  test('each upstream takes its own kind alone', async () => {
    const { access_token } = fake.identities.mint(3600)
    const { access_token: expired } = fake.identities.mint(-1)
    const key = fake.identities.mintApiKey()
    const knock = async (url: string, bearer: string) => {
      const response = await fetch(url, { headers: { authorization: `Bearer ${bearer}` } })
      const body = (await response.json()) as { error?: { code: string } }
      return [response.status, body.error?.code]
    }
    const chatgpt = `${fake.origins.chatgpt}/backend-api/wham/usage`
    const openai = `${fake.origins.openai}/v1/models`
    expect(await knock(chatgpt, access_token)).toEqual([200, undefined])
    expect(await knock(chatgpt, expired)).toEqual([401, 'token_expired'])
    expect(await knock(chatgpt, key)).toEqual([401, 'token_expired'])
    expect(await knock(openai, key)).toEqual([200, undefined])
    expect(await knock(openai, 'sk-unknown')).toEqual([401, 'invalid_api_key'])
    expect(await knock(openai, access_token)).toEqual([401, 'missing_scope'])
  })
})

test('a sub-agent asks on a thread of its own, in the session of its parent', async () => {
  const asked: ModelRequest[] = []
  fake.scenario = (request) => {
    asked.push(request)
    if (request.subagent) return say('There is one file.')
    return [spawnAgent('count', 'Count the files.'), waitAgent()][request.step - 1] ?? say('It counted one.')
  }
  const { code, stdout } = await ask('let somebody count')
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'It counted one.\n' })
  const root = asked.filter(({ subagent }) => subagent === null)
  const child = asked.filter(({ subagent }) => subagent === 'collab_spawn')
  expect([root.length, child.length]).toEqual([3, 1])
  expect(child[0]?.sessionId).toBe(root[0]?.sessionId)
  expect(child[0]?.threadId).not.toBe(root[0]?.threadId)
})

test.each(['accept', 'refuse426'] as const)(
  'a full context is compacted in the turn (handshake: %s)',
  async (webSocket) => {
    fake.webSocket = webSocket
    const kinds: string[] = []
    fake.scenario = ({ kind, step }) => {
      kinds.push(kind)
      if (kind === 'compaction') return compaction()
      if (step > 1) return say('Went on.')
      return { ...answer(run('echo long')), usage: { input: 500_000, cached: 0, output: 10, reasoning: 0 } }
    }
    const home = makeHome({ config: 'model_auto_compact_token_limit = 20000' })
    expect(await execDirectly(fake, home, 'chatgpt', 'do something long')).toMatchObject({
      code: 0,
      stdout: 'Went on.\n',
    })
    expect(kinds).toEqual(['turn', 'compaction', 'turn'])
  },
)
