import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readFirstModel } from './fakeOpenAi/catalog.ts'
import { answer, applyPatch, incomplete, run, say, shell, think } from './fakeOpenAi/scenario.ts'
import { expect, test } from './stage.ts'
import { codexExec, outline, readOnlySession, tapedeck } from './tapedeck.ts'

test('a ChatGPT login is enough: a turn over WebSocket with thoughts, a command and its output', async ({
  fake,
  makeHome,
}) => {
  const home = makeHome()
  const before = home.readAuth()
  fake.scenario = ({ step }) =>
    step === 1 ? answer(think('**Looking** around'), run('ls; cat a.txt')) : answer(say('There is one file.'))

  const { code, stdout } = await codexExec(home, 'what is here?')

  expect(code).toBe(0)
  expect(stdout).toContain('There is one file.')
  const { session, turns } = await readOnlySession(home)
  expect(session).toMatchObject({
    title: 'what is here?',
    cwd: home.cwd,
    status: 'completed',
    model: readFirstModel(),
    accountMode: 'chatgpt',
    turnCount: 1,
    usage: {
      inputTokens: 24_000,
      cachedInputTokens: 18_000,
      outputTokens: 480,
      reasoningTokens: 128,
      totalTokens: 24_480,
    },
  })
  expect(turns.map(outline)).toEqual([
    [
      'userMessage: what is here?',
      'reasoning: **Looking** around',
      'toolCall: ls; cat a.txt',
      'assistantMessage: There is one file.',
    ],
  ])
  expect(turns[0]?.items[2]).toMatchObject({ name: 'exec', output: 'a.txt\nhello\n', status: 'completed' })
  expect(turns[0]?.exchanges).toMatchObject([
    {
      kind: 'turn',
      transport: 'websocket',
      upstream: 'chatgpt',
      accountMode: 'chatgpt',
      status: 'completed',
      httpStatus: 101,
    },
    {
      kind: 'turn',
      transport: 'websocket',
      upstream: 'chatgpt',
      accountMode: 'chatgpt',
      status: 'completed',
      httpStatus: 101,
    },
  ])
  expect(turns[0]?.exchanges[1]).toMatchObject({
    previousResponseId: turns[0]?.exchanges[0]?.responseId,
    limits: { planType: 'plus', windows: [{ name: 'primary', usedPercent: 27 }, { name: 'secondary' }] },
  })
  expect(home.readAuth()).toBe(before)
})

test('an exchange can be read whole, although it was sent in increments', async ({ fake, makeHome }) => {
  const home = makeHome()
  fake.scenario = ({ step }) => (step === 1 ? answer(run('echo one')) : answer(say('Done.')))
  await codexExec(home, 'say one')
  const { turns } = await readOnlySession(home)
  const [first, second] = turns[0]?.exchanges ?? []

  const { stdout } = await tapedeck(home, ['show', second?.id ?? '', '--json'])

  const { exchange, request, sentItems, response, events } = JSON.parse(stdout)
  expect(exchange).toEqual(second)
  expect(request).toMatchObject({ type: 'response.create', previous_response_id: first?.responseId })
  expect(sentItems).toBe(1)
  const types = request.input.map(({ type }: { type: string }) => type)
  expect(types).toEqual(['additional_tools', ...types.slice(1, -2), 'custom_tool_call', 'custom_tool_call_output'])
  expect(response).toMatchObject({ id: second?.responseId, status: 'completed' })
  expect(events.map(({ type }: { type: string }) => type)).toEqual(
    expect.arrayContaining([
      'codex.rate_limits',
      'response.created',
      'response.output_text.delta',
      'response.completed',
    ]),
  )
})

test('without WebSockets codex posts bodies packed with zstd, and the turn reads the same', async ({
  fake,
  makeHome,
}) => {
  const home = makeHome()
  fake.webSocket = 426
  fake.scenario = ({ step }) =>
    step === 1 ? answer(think('**Looking** around'), run('ls; cat a.txt')) : answer(say('There is one file.'))

  const { code } = await codexExec(home, 'what is here?')

  expect(code).toBe(0)
  const posts = fake.seen.filter(({ method, path }) => method === 'POST' && path.endsWith('/responses'))
  expect(posts.map(({ headers }) => headers['content-encoding'])).toEqual(['zstd', 'zstd'])
  const { turns } = await readOnlySession(home)
  expect(turns.map(outline)).toEqual([
    [
      'userMessage: what is here?',
      'reasoning: **Looking** around',
      'toolCall: ls; cat a.txt',
      'assistantMessage: There is one file.',
    ],
  ])
  expect(turns[0]?.exchanges).toMatchObject([
    { transport: 'sse', status: 'completed', httpStatus: 200, previousResponseId: null },
    { transport: 'sse', status: 'completed', httpStatus: 200, previousResponseId: null },
  ])
  expect((await tapedeck(home, ['status', '--json'])).stdout).toContain('"recorded":2,"total":2,"missed":{}')
})

test('an API key login goes to the API', async ({ makeHome }) => {
  const home = makeHome({ login: 'apiKey' })
  const { code, stdout } = await codexExec(home, 'hello')
  expect(code).toBe(0)
  expect(stdout).toContain('You said: hello')
  const { session, turns } = await readOnlySession(home)
  expect(session).toMatchObject({ accountMode: 'apiKey', status: 'completed' })
  expect(turns[0]?.exchanges).toMatchObject([{ upstream: 'openai', transport: 'websocket', accountMode: 'apiKey' }])
})

test('without any login the key is put in on the way, and is nowhere else', async ({ fake, makeHome }) => {
  const home = makeHome({ login: 'none' })
  const key = fake.identities.mintApiKey()

  const { code, stdout, stderr } = await tapedeck(home, ['codex', 'exec', 'hello'], { OPENAI_API_KEY: key })

  expect({ code, stderr }).toMatchObject({ code: 0 })
  expect(stdout).toContain('You said: hello')
  const { turns } = await readOnlySession(home)
  expect(turns[0]?.exchanges).toMatchObject([{ upstream: 'openai', accountMode: 'apiKey', status: 'completed' }])
  expect(() => home.readAuth()).toThrow('ENOENT')
})

test('without a login and without a key there are two ways out, and exit code 2', async ({ makeHome }) => {
  const home = makeHome({ login: 'none' })
  const { code, stderr } = await codexExec(home, 'hello')
  expect(code).toBe(2)
  expect(stderr).toMatch(/codex login[\s\S]*tapedeck auth key set/)
})

test('what codex does with its own files alone needs no login', async ({ makeHome }) => {
  const home = makeHome({ login: 'none' })
  for (const [command, told] of [
    ['archive', 'No active session found matching'],
    ['unarchive', 'No archived session found matching'],
    ['delete', 'session'],
  ] as const) {
    const { code, stderr } = await tapedeck(home, ['codex', command, 'nope'])
    expect({ command, code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining(told) })
    expect(stderr).not.toContain('tapedeck:')
  }
})

test('classic calls: a shell command that fails, and a patch', async ({ fake, makeHome }) => {
  const home = makeHome()
  const patch = '*** Begin Patch\n*** Add File: b.txt\n+new\n*** End Patch'
  fake.scenario = ({ step }) =>
    [answer(shell('cat missing.txt')), answer(applyPatch(patch)), answer(say('Made it.'))][step - 1] ?? answer(say('?'))

  const { code } = await codexExec(home, '-m', 'gpt-5.5', 'make b.txt')

  expect(code).toBe(0)
  const { turns } = await readOnlySession(home)
  expect(turns[0]?.items.slice(1, 3)).toMatchObject([
    { name: 'exec_command', commands: ['cat missing.txt'], status: 'failed', exitCode: 1 },
    { name: 'apply_patch', patch, status: 'completed', exitCode: 0 },
  ])
  expect(turns[0]?.items[1]).toMatchObject({ output: expect.stringMatching(/^cat: missing\.txt: No such file/) })
})

test('codex resume: a second turn joins the session', async ({ fake, makeHome }) => {
  const home = makeHome()
  fake.scenario = ({ prompt }) => answer(say(`Heard: ${prompt}`))
  await codexExec(home, 'first words')
  const { session } = await readOnlySession(home)

  const { code } = await tapedeck(home, ['codex', 'exec', 'resume', session.id, 'second words'])

  expect(code).toBe(0)
  const resumed = await readOnlySession(home)
  expect(resumed.session).toMatchObject({ id: session.id, title: 'first words', turnCount: 2 })
  expect(resumed.turns.map(outline)).toEqual([
    ['userMessage: first words', 'assistantMessage: Heard: first words'],
    ['userMessage: second words', 'assistantMessage: Heard: second words'],
  ])
})

test('what the model could not finish is told as it was', async ({ fake, makeHome }) => {
  const home = makeHome()
  fake.scenario = () => incomplete('max_output_tokens', say('Half of'))
  const { code } = await codexExec(home, 'write a book')
  expect(code).toBe(1)
  const { session, turns } = await readOnlySession(home)
  expect(session).toMatchObject({ status: 'failed', errorMessage: 'The answer is incomplete: max_output_tokens.' })
  expect(outline(turns[0] as (typeof turns)[number])).toEqual([
    'userMessage: write a book',
    'assistantMessage: Half of',
    'error: max_output_tokens',
  ])
})

test('a session tells the branch and the commit that its last turn began at', async ({ fake, makeHome }) => {
  const home = makeHome()
  fake.scenario = () => answer(say('Yes.'))
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', home.cwd, '-c', 'user.name=Ada', '-c', 'user.email=a@example.com', ...args])
      .toString()
      .trim()
  git('checkout', '--quiet', '-b', 'lamps/desk')
  git('add', '.')
  git('commit', '--quiet', '--message', 'one')
  await codexExec(home, 'is it on?')
  const first = (await readOnlySession(home)).session
  const commit = git('rev-parse', 'HEAD')
  expect(first.git).toEqual({ branch: 'lamps/desk', commit, hasChanges: false })

  git('checkout', '--quiet', '-b', 'dark')
  writeFileSync(join(home.cwd, 'a.txt'), 'off')
  await codexExec(home, 'resume', '--last', 'and now?')
  expect((await readOnlySession(home)).session.git).toEqual({ branch: 'dark', commit, hasChanges: true })
  const { stdout } = await tapedeck(home, ['show', first.id])
  expect(stdout).toContain(`dark @ ${commit.slice(0, 7)} *`)

  // What no bytes tell outlives their being read again, and is gone with its session.
  await tapedeck(home, ['rederive'])
  expect((await readOnlySession(home)).session.git?.branch).toBe('dark')
})
