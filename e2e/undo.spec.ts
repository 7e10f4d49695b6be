import type { Page } from '@playwright/test'
import { violationsOf } from './axe.ts'
import { answer, say } from './fakeOpenAi/scenario.ts'
import { expect, test } from './pageStage.ts'
import { codexExec } from './tapedeck.ts'

const list = (page: Page) => page.getByRole('region', { name: 'Sessions' })
const row = (page: Page, name: string) => list(page).getByRole('link', { name: new RegExp(name) })

test('deletions come back one after the other, the last first, and are shown again', async ({ openRecorded }) => {
  const { page } = await openRecorded(['first one', 'second one', 'third one'])
  for (const name of ['first one', 'second one']) {
    await row(page, name).focus()
    await page.keyboard.press('Delete')
    await expect(row(page, name)).toBeHidden()
  }
  const toast = page.getByRole('status').filter({ hasText: 'Deleted “second one”' })
  await expect(toast).toContainText('1 more before')
  await expect(toast).toContainText(/\d+ s/)

  await page.keyboard.press('z')
  await expect(row(page, 'second one')).toBeFocused()
  await expect(page).toHaveTitle('second one · Tapedeck')
  await page.keyboard.press('z')
  await expect(row(page, 'first one')).toBeFocused()
  await expect(page.getByRole('region', { name: 'Conversation' })).toContainText('first one')
  await expect(list(page).getByRole('link')).toHaveCount(3)
  await page.keyboard.press('z')
  await expect(page.getByText('There is nothing left to undo.')).toBeVisible()

  await row(page, 'third one').focus()
  await page.keyboard.press('Delete')
  const third = page.getByRole('status').filter({ hasText: 'Deleted “third one”' }).locator('> div')
  const foot = list(page).locator('footer')
  const [bar, hints] = await Promise.all([third.boundingBox(), foot.boundingBox()])
  expect((bar?.y ?? 0) + (bar?.height ?? 0)).toBeLessThanOrEqual(hints?.y ?? 0)
  expect(await violationsOf(page)).toEqual([])
})

test('after a reload, and in a second window, what was deleted is told as before and can still be brought back, and the list beside a session is still narrowed', async ({
  openRecorded,
}) => {
  const { page } = await openRecorded(['first one', 'second one', 'third two'])
  await page.goto(new URL('#/sessions?q=one', page.url()).href)
  await expect(list(page).getByRole('link')).toHaveCount(2)
  await row(page, 'first one').click()
  await expect(page.getByRole('region', { name: 'Conversation' })).toContainText('first one')
  await row(page, 'second one').focus()
  await page.keyboard.press('Delete')
  await expect(row(page, 'second one')).toBeHidden()

  const bar = (page: Page) => page.getByRole('status').filter({ hasText: 'Deleted “second one”' })
  await expect(bar(page)).toBeVisible()
  await page.reload()
  await expect(row(page, 'first one')).toBeVisible()
  await expect(list(page).getByRole('link')).toHaveCount(1)
  await expect(bar(page)).toBeVisible()
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain('second one')

  const second = await page.context().newPage()
  await second.goto(page.url())
  await bar(second).getByRole('button', { name: 'Undo' }).click()
  for (const each of [page, second]) {
    await expect(bar(each)).toBeHidden()
    await expect(row(each, 'second one')).toBeVisible()
  }
  await expect(list(page).getByRole('link')).toHaveCount(2)
})

test('what is deleted in one go in one window is told and brought back as one in each', async ({ openRecorded }) => {
  const { page } = await openRecorded(['first one', 'second one', 'third one'])
  const second = await page.context().newPage()
  await second.goto(page.url())
  await expect(list(second).getByRole('link')).toHaveCount(3)
  await row(page, 'second one').focus()
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Delete')
  const bar = (page: Page) => page.getByRole('status').filter({ hasText: 'Deleted 2 sessions' })
  for (const each of [page, second]) await expect(bar(each)).toBeVisible()
  await second.reload()
  await bar(second).getByRole('button', { name: 'Undo' }).click()
  for (const each of [page, second]) {
    await expect(bar(each)).toBeHidden()
    await expect(list(each).getByRole('link')).toHaveCount(3)
  }
})

test('a session that another window deletes and brings back is there again for who looks at it', async ({
  openRecorded,
}) => {
  const { server, page } = await openRecorded(['look at this'])
  const conversation = page.getByRole('region', { name: 'Conversation' })
  await expect(conversation).toContainText('look at this')
  const { sessions } = await server.call('session/list', {})
  const id = String(sessions[0]?.id)
  await server.call('session/delete', { id })
  await expect(page.getByRole('heading', { name: 'This session is not here' })).toBeVisible()
  await server.call('session/undelete', { id })
  await expect(conversation).toContainText('look at this')
})

test('a list that is narrowed by a word takes in the session that gets it', async ({ fake, openRecorded }) => {
  fake.scenario = () => answer(say('The zebra is here.'))
  const { home, page } = await openRecorded(['first one'])
  await page.goto(new URL('#/sessions?q=zebra', page.url()).href)
  await expect(list(page).getByRole('link')).toHaveCount(1)
  await codexExec(home, 'second one')
  await expect(list(page).getByRole('link')).toHaveCount(2)
  await expect(list(page).locator('header').first()).toContainText('2')
})
