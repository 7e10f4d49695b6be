import type { Page } from '@playwright/test'
import { violationsOf } from './axe.ts'
import { answer, say, usageLimit } from './fakeOpenAi/scenario.ts'
import { expect, test } from './pageStage.ts'
import { codexExec, readSessions } from './tapedeck.ts'

const hourMs = 3_600_000

async function openSession(page: Page, id: string) {
  await page.goto(new URL(`#/session/${id}`, page.url()).href)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}

test('the head names the plan of then, and a limit says when it resets, before and after', async ({
  fake,
  makeHome,
  startServer,
  openPage,
}) => {
  const home = makeHome()
  const server = await startServer(home)
  fake.scenario = ({ prompt }) => (prompt === 'too much' ? usageLimit() : answer(say(`Heard: ${prompt}`)))
  await codexExec(home, 'paid by plus')
  fake.planType = 'pro'
  await codexExec(home, 'too much')
  const sessions = await readSessions(home)
  const idOf = (title: string) => sessions.find((session) => session.title === title)?.id ?? ''

  const page = await openPage(server)
  const head = page
    .getByRole('main')
    .locator('header')
    .filter({ has: page.getByRole('heading', { level: 1 }) })
  await openSession(page, idOf('paid by plus'))
  await expect(head.getByText('ChatGPT Plus')).toBeVisible()
  const cost = head.getByText(/^[≈<] ?\$\d/)
  const branch = head.getByTitle(/As its last turn began: branch main/)
  await expect(cost).toContainText('at API prices')
  await expect(branch).toBeVisible()
  // A pane that gets narrow loses the branch before what it cost.
  for (const width of [900, 720, 390, 320]) {
    await page.setViewportSize({ width, height: 800 })
    await expect(branch).toBeHidden()
    await expect(cost).toBeInViewport({ ratio: 1 })
  }
  expect(await violationsOf(page)).toEqual([])
  await page.setViewportSize({ width: 1440, height: 900 })

  await openSession(page, idOf('too much'))
  const limit = page.getByRole('alert').filter({ hasText: 'The usage limit was reached' })
  await expect(limit).toContainText(/It resets (tomorrow )?\d\d:\d\d, in \d+\smin\. Resume this session then/)
  await expect(limit.locator('time')).toHaveAttribute('title', /^\d+ \w+ \d{4} at \d\d:\d\d:\d\d$/)
  await expect(limit.getByRole('link')).toHaveAttribute('href', '#/account')
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await violationsOf(page)).toEqual([])
  }

  await page.clock.setFixedTime(Date.now() + 4 * hourMs)
  await page.reload()
  await expect(limit).toContainText(/It has reset since, [23]\sh ago\. Resume this session to go on\./)
})
