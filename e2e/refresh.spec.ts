import { answer, say } from './fakeOpenAi/scenario.ts'
import { expect, test } from './stage.ts'
import { codexExec, readOnlySession } from './tapedeck.ts'

test('a token that is about to expire is refreshed through the proxy, by codex alone', async ({ fake, makeHome }) => {
  const home = makeHome({ accessTokenLivesS: 60 })
  const before = JSON.parse(home.readAuth())
  const config = home.readConfig()

  const { code } = await codexExec(home, 'hello')

  expect(code).toBe(0)
  const refreshes = fake.seen.filter(({ path }) => path === '/oauth/token')
  expect(refreshes).toMatchObject([
    { upstream: 'auth', body: { grant_type: 'refresh_token', refresh_token: before.tokens.refresh_token } },
  ])
  const after = JSON.parse(home.readAuth())
  expect(after.tokens.refresh_token).not.toBe(before.tokens.refresh_token)
  expect(Object.keys(after)).toEqual(expect.arrayContaining(Object.keys(before)))
  expect(home.readConfig()).toBe(config)
  const { session } = await readOnlySession(home)
  expect(session.status).toBe('completed')
})

test('a token that the server takes back in the middle is refreshed, and the turn goes on', async ({
  fake,
  makeHome,
}) => {
  const home = makeHome()
  fake.webSocket = 426
  let isRevoked = false
  fake.scenario = ({ step }) => {
    if (step === 1 && !isRevoked) {
      isRevoked = true
      fake.identities.revokeAccessTokens()
      return {
        type: 'httpError',
        status: 401,
        body: { error: { code: 'token_expired', message: 'Gone.' } },
        headers: {},
      }
    }
    return answer(say('Signed in again.'))
  }

  const { code } = await codexExec(home, 'hello')

  expect(code).toBe(0)
  expect(fake.seen.filter(({ path }) => path === '/oauth/token')).toHaveLength(1)
  const { session, turns } = await readOnlySession(home)
  expect(session).toMatchObject({ status: 'completed', turnCount: 1 })
  expect(turns[0]?.exchanges.map(({ httpStatus }) => httpStatus)).toEqual([401, 401, 200])
})

test('a refresh that is refused is passed on as it is, once', async ({ fake, makeHome }) => {
  const home = makeHome({ accessTokenLivesS: -10 })
  const auth = home.readAuth()
  fake.webSocket = 426
  fake.identities.failRefreshes('refresh_token_expired')

  const { code, stderr } = await codexExec(home, 'hello')

  expect(code).toBe(1)
  expect(stderr).toMatch(/refresh token has expired/)
  expect(home.readAuth()).toBe(auth)
})
