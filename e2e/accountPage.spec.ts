import { violationsOf } from './axe.ts'
import { userCode } from './fakeOpenAi/signIns.ts'
import { expect, test } from './pageStage.ts'
import { tapedeck } from './tapedeck.ts'

test('a newcomer signs in by device code on the page, which follows by itself', async ({
  fake,
  makeHome,
  openRecorded,
}) => {
  const serverEnv = { CODEX_APP_SERVER_LOGIN_ISSUER: fake.origins.auth }
  const { page } = await openRecorded([], { home: makeHome({ login: 'none' }), serverEnv })
  await page.getByRole('link', { name: /Account/ }).click()
  await expect(page.getByText('Nobody is signed in').first()).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Use a device code' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: userCode })).toContainText('Enter this code there.')
  await expect(page.getByText('Waiting for you to enter the code')).toBeVisible()
  fake.signIns.approveDevice()
  await expect(page.getByText('ada@example.com').first()).toBeVisible()
  await expect(page.getByText('ChatGPT Plus').first()).toBeVisible()
  await expect(page.getByText(userCode)).toBeHidden()
})

test('a code that has expired leads to another code, not to the browser', async ({ fake, makeHome, openRecorded }) => {
  const serverEnv = { CODEX_APP_SERVER_LOGIN_ISSUER: fake.origins.auth }
  const { page } = await openRecorded([], { home: makeHome({ login: 'none' }), serverEnv })
  await page.getByRole('link', { name: /Account/ }).click()
  await page.getByRole('button', { name: 'Use a device code' }).click()
  await expect(page.getByText(userCode)).toBeVisible()
  fake.signIns.expireDevice()
  const failed = page.getByRole('alert').filter({ hasText: 'The sign-in did not work' })
  await expect(failed).toContainText('410')
  expect(await violationsOf(page)).toEqual([])
  await failed.getByRole('button', { name: 'Get a new code' }).click()
  await expect(page.getByText(userCode)).toBeVisible()
  fake.signIns.approveDevice()
  await expect(page.getByText('ada@example.com').first()).toBeVisible()
})

test('the account, its limits and the chain, accessible in both themes and at any width', async ({ openRecorded }) => {
  const { page } = await openRecorded([])
  await page.getByRole('link', { name: /Account/ }).click()
  await expect(page.getByText('ada@example.com').first()).toBeVisible()
  await expect(page.getByText('27 %').first()).toBeVisible()
  await expect(page.getByText('its own login comes first')).toBeVisible()
  await expect(page.getByRole('switch', { name: 'Always use the key' })).not.toBeChecked()
  expect(await violationsOf(page)).toEqual([])
  for (const width of [1024, 640, 320]) {
    await page.setViewportSize({ width, height: 800 })
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect({ width, overflow }).toEqual({ width, overflow: 0 })
  }
})

test('a key is set, verified and removed on the page, and never shown whole', async ({
  fake,
  makeHome,
  openRecorded,
}) => {
  const key = fake.identities.mintApiKey()
  const { page } = await openRecorded([], { home: makeHome({ login: 'none' }) })
  await page.getByRole('link', { name: /Account/ }).click()
  await page.getByLabel('New API key').fill(key)
  await page.getByRole('button', { name: /Use the key|Save the key|Set/ }).click()
  await expect(page.getByRole('heading', { name: `API key sk-…${key.slice(-4)} in use` })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Sign in with ChatGPT' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Use an API key…' })).toBeHidden()
  await page.getByRole('button', { name: 'Verify' }).click()
  await expect(page.getByText('OpenAI knows the key.')).toBeVisible()
  expect(await page.content()).not.toContain(key)
  await page.getByRole('button', { name: /^Remove/ }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Remove/ })
    .click()
  await expect(page.getByText(`sk-…${key.slice(-4)}`)).toHaveCount(0)
})

test('whose limits they were is said when nobody is signed in any more, and nothing of them as of now', async ({
  openRecorded,
}) => {
  const { home, page } = await openRecorded(['hello'])
  await page.getByRole('link', { name: /Account/ }).click()
  const main = page.getByRole('main')
  await expect(main.getByText('27 % used', { exact: true })).toBeVisible()
  await expect(main.getByText(/: 27\s% used/)).toBeVisible()
  expect((await tapedeck(home, ['auth', 'logout', '--yes'])).code).toBe(0)
  await expect(main.getByRole('heading', { name: 'Nobody is signed in' })).toBeVisible()
  await expect(main.getByRole('heading', { name: /^Limits of the last ChatGPT account/ })).toBeVisible()
  await expect(main.getByText(/27\s% used/)).toBeHidden()
  // What was can still be read.
  await main.getByRole('slider').first().focus()
  await expect(main.getByText(/: 27\s% used/)).toBeVisible()
})

test('before the first session the page has a title, also when nothing is known of the account', async ({
  makeHome,
  startServer,
  openPage,
}) => {
  const page = await openPage(await startServer(makeHome()))
  await page.route('**/api/account/read', (route) =>
    route.fulfill({ json: { ok: false, error: { code: 'unavailable', message: 'Codex is asleep.' } } }),
  )
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'No session yet' })).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
})

test('a plan with a very long name stays inside of the sidebar', async ({ makeHome, startServer, openPage }) => {
  const page = await openPage(await startServer(makeHome()))
  await page.route('**/api/account/read', async (route) => {
    const response = await route.fetch()
    const reply = await response.json()
    reply.value.status.account.plan = 'self_serve_business_usage_based_'.repeat(4)
    await route.fulfill({ response, json: reply })
  })
  await page.reload()
  const sidebar = page.getByRole('navigation', { name: 'Main' })
  const account = sidebar.getByRole('link', { name: /Account/ })
  await expect(account).toContainText('Self serve business')
  const right = (box: { x: number; width: number } | null) => (box ? box.x + box.width : Number.NaN)
  expect(right(await account.boundingBox())).toBeLessThanOrEqual(right(await sidebar.boundingBox()))
})
