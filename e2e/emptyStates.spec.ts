import { violationsOf } from './axe.ts'
import { answer, say } from './fakeOpenAi/scenario.ts'
import { goTo } from './goTo.ts'
import { expect, test } from './pageStage.ts'
import { codexExec, readOnlySession } from './tapedeck.ts'

test('what is not there is said, with a way on, on a phone in the dark too', async ({
  fake,
  startServer,
  openRecorded,
}) => {
  fake.scenario = () => answer(say('Done.'))
  const { home, server, page } = await openRecorded([])
  await expect(page.getByRole('heading', { name: 'Set up Tapedeck' })).toBeVisible()
  await goTo(page, '#/session/nope')
  await expect(page.getByText('Nothing is recorded yet.')).toBeVisible()

  await codexExec(home, 'the first one')
  await expect(page.getByText('Nothing is recorded yet.')).toBeHidden()
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 390, height: 700 })
  await expect(page.getByRole('heading', { name: 'This session is not here' })).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Show all sessions' }).click()
  await expect(page.getByRole('link', { name: /the first one/ })).toBeVisible()

  await goTo(page, '#/sessions?q=nonsuch')
  await expect(page.getByText('No session fits the filter')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filter' }).click()
  await expect(page.getByRole('link', { name: /the first one/ })).toBeVisible()

  const { session } = await readOnlySession(home)
  const count = page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('button', { name: /(Recorded|Recording|unknown)/ })
  await page.setViewportSize({ width: 1440, height: 900 })
  await expect(count).toHaveText(/^Recorded (\d+) of \1$/)
  await server.stop('SIGKILL')
  await expect(page.getByText('Reconnecting…')).toBeVisible()
  // What was recorded until then says nothing of now.
  await expect(count).toHaveText('Recording unknown')
  await count.click()
  const known = page.getByRole('dialog', { name: 'What is recorded' })
  await expect(known).toContainText(/When it last answered, (\d+) of \1 exchanges were/)
  await expect(known.getByRole('button')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 390, height: 700 })
  const away = page.getByRole('status').filter({ hasText: 'Start it with tapedeck serve' })
  await expect(away).toBeVisible()
  await page.keyboard.press('Control+k')
  const search = page.getByRole('dialog').getByRole('combobox')
  await search.fill('zebra')
  await expect(page.getByRole('alert')).toContainText('The search did not work')
  await expect(search).toHaveAttribute('aria-invalid', 'false')
  await page.keyboard.press('Escape')
  await goTo(page, `#/session/${session.id}`)
  await expect(page.getByRole('heading', { name: 'Tapedeck does not answer' })).toBeVisible()
  expect(await violationsOf(page)).toEqual([])

  await startServer(home)
  await expect(page.getByText('Done.')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Tapedeck does not answer' })).toBeHidden()
  await expect(away).toBeHidden()
  await page.setViewportSize({ width: 1440, height: 900 })
  await expect(count).toHaveText(/^Recorded (\d+) of \1$/)
})
