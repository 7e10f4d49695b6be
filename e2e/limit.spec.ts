import type { Params } from '../contract/api.ts'
import type { Exchange } from '../contract/domain/exchange.ts'
import type { CodexHome } from './codexHome.ts'
import { answer, httpError, run, type Scenario, say, think, usageLimit } from './fakeOpenAi/scenario.ts'
import { test as base, expect } from './pageStage.ts'
import { codexExec, execArgs, outline, readOnlySession, type Server, tapedeck } from './tapedeck.ts'

interface LimitStage {
  /** Starts a Tapedeck whose user is on the plan, has a key too, and wants this of it. */
  startWithKey(wishes: Params<'settings/change'>): Promise<{ home: CodexHome; server: Server; key: string }>
}

const test = base.extend<LimitStage>({
  startWithKey: ({ fake, makeHome, startServer }, use) =>
    use(async (wishes) => {
      const home = makeHome()
      const key = fake.identities.mintApiKey()
      home.env.OPENAI_API_KEY = key
      const server = await startServer(home)
      await server.call('settings/change', wishes)
      return { home, server, key }
    }),
})

const inShort = ({ kind, status, credential, accountMode, upstream, errorCode }: Exchange) =>
  kind === 'turn' ? [`${status} ${credential} ${accountMode} ${upstream} ${errorCode ?? ''}`.trim()] : []

/** What the exchanges of a turn were that starts on the plan and ends on the key. */
const switched = ['failed codexLogin chatgpt chatgpt usage_limit_reached', 'completed keyAtLimit apiKey openai']

/** The plan answers what comes before `last`; from there on only the API does. */
const endOfPlanAt =
  (last: string, answers: Scenario): Scenario =>
  (request) =>
    request.upstream === 'chatgpt' && request.prompt === last ? usageLimit() : answers(request)

const codexResume = (home: CodexHome, prompt: string) =>
  tapedeck(home, ['codex', ...execArgs, 'resume', '--last', prompt])

for (const webSocket of ['accept', 426] as const) {
  const over = webSocket === 'accept' ? 'WebSocket' : 'SSE'

  test(`who wants it goes on with the key where the plan ends, over ${over}`, async ({ fake, startWithKey }) => {
    fake.webSocket = webSocket
    const { home, key } = await startWithKey({ usesKeyAtLimit: true })
    fake.scenario = endOfPlanAt('second', ({ prompt }) => answer(think(`About ${prompt}`), say(`Heard: ${prompt}`)))

    expect((await codexExec(home, 'first')).code).toBe(0)
    const second = await codexResume(home, 'second')
    expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining('Heard: second') })
    expect(second.stderr).not.toMatch(/usage limit|reconnecting/i)

    const { session, turns } = await readOnlySession(home)
    expect(session).toMatchObject({
      status: 'completed',
      accountMode: 'apiKey',
      credential: 'keyAtLimit',
      turnCount: 2,
    })
    expect(turns[0]?.exchanges.flatMap(inShort)).toEqual(['completed codexLogin chatgpt chatgpt'])
    const [limit, ...rest] = turns[1]?.exchanges.flatMap(inShort) ?? []
    expect([limit, rest.at(-1)]).toEqual(switched)
    // What the plan's account had thought the API cannot read; the rest of the conversation is there.
    const asked = fake.seen.filter(({ upstream, method }) => upstream === 'openai' && method === 'POST')
    expect(asked.map(({ headers }) => headers.authorization)).toEqual(asked.map(() => `Bearer ${key}`))
    expect(asked.some(({ headers }) => 'chatgpt-account-id' in headers || 'content-encoding' in headers)).toBe(false)
    const texts = JSON.stringify(asked.at(-1)?.body)
    expect(texts).toContain('Heard: first')
    expect(texts).not.toContain('"type":"reasoning"')
  })

  test(`a turn that is cut in half by the limit is carried on, over ${over}`, async ({ fake, startWithKey }) => {
    fake.webSocket = webSocket
    const { home } = await startWithKey({ usesKeyAtLimit: true })
    fake.scenario = ({ upstream, lastOutput }) => {
      if (lastOutput === null) return answer(think('I look.'), run('echo found'))
      return upstream === 'chatgpt' ? usageLimit() : answer(say(`It says: ${lastOutput.includes('found')}`))
    }
    const { code, stdout } = await codexExec(home, 'look')
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('It says: true') })
    const { turns } = await readOnlySession(home)
    expect(turns.map(outline)).toEqual([
      [
        'userMessage: look',
        'reasoning: I look.',
        'toolCall: echo found',
        'error: usage_limit_reached',
        // What the plan's account had thought is sent once, and then left out.
        'error: invalid_encrypted_content',
        'assistantMessage: It says: true',
      ],
    ])
  })

  test(`who did not ask for it is told of the limit, over ${over}`, async ({ fake, startWithKey }) => {
    fake.webSocket = webSocket
    const { home } = await startWithKey({})
    fake.scenario = usageLimit
    const { code, stderr } = await codexExec(home, 'hello')
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/usage limit/i) })
    expect(fake.seen.filter(({ upstream }) => upstream === 'openai')).toEqual([])
  })

  test(`another refusal than the plan's limit costs no money, over ${over}`, async ({ fake, startWithKey }) => {
    fake.webSocket = webSocket
    const { home } = await startWithKey({ usesKeyAtLimit: true })
    fake.scenario = () => httpError(429, { type: 'rate_limit_exceeded', message: 'Slow down.' })
    expect((await codexExec(home, 'hello')).code).toBe(1)
    expect(fake.seen.filter(({ upstream }) => upstream === 'openai')).toEqual([])
  })
}

test('a plan that has ended already when the socket is opened', async ({ fake, startWithKey }) => {
  const { status, body } = usageLimit()
  fake.webSocket = { status, body }
  const { home } = await startWithKey({ usesKeyAtLimit: true })
  fake.scenario = ({ upstream, prompt }) => (upstream === 'chatgpt' ? usageLimit() : answer(say(`Heard: ${prompt}`)))
  const { code, stdout, stderr } = await codexExec(home, 'hello')
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('Heard: hello') })
  expect(stderr).not.toMatch(/usage limit|reconnecting/i)
})

test('the key pays for everything, if its owner wants it so', async ({ fake, startWithKey }) => {
  const { home, server } = await startWithKey({ usesKeyAlways: true })
  const { status } = await server.call('account/read', { isFresh: true })
  expect(status).toMatchObject({ account: { state: 'chatgpt' }, next: { use: 'storedKey' } })
  fake.scenario = ({ prompt }) => answer(say(`Heard: ${prompt}`))
  expect((await codexExec(home, 'hello')).code).toBe(0)
  const { session } = await readOnlySession(home)
  expect(session).toMatchObject({ accountMode: 'apiKey', credential: 'keyAlways' })
})

test('the page sets it, says where the key took over, and why', async ({ fake, startWithKey, openPage }) => {
  const { home, server } = await startWithKey({})
  const page = await openPage(server)
  await page.getByRole('link', { name: /Account/ }).click()
  const wish = page.getByRole('switch', { name: 'Go on at the plan’s limit' })
  await wish.click()
  await expect(wish).toBeChecked()
  fake.scenario = ({ upstream, prompt }) => (upstream === 'chatgpt' ? usageLimit() : answer(say(`Heard: ${prompt}`)))
  expect((await codexExec(home, 'hello')).code).toBe(0)
  await page.getByRole('link', { name: /Sessions/ }).click()
  await page.getByRole('link', { name: /hello/ }).first().click()
  await expect(page.getByText('From here on your API key pays.')).toHaveCount(1)
  await expect(page.getByText('API key at the plan’s limit')).toBeVisible()
  const { stdout } = await tapedeck(home, ['show', (await readOnlySession(home)).session.id])
  expect(stdout).toContain('API key (the plan’s limit was reached)')
})
