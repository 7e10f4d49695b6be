import { answer, say } from './fakeOpenAi/scenario.ts'
import { expect, test } from './pageStage.ts'
import { readRawFiles } from './rawFiles.ts'
import { codexExec, eventually, readSessions, tapedeck } from './tapedeck.ts'

test('a pause lets codex work, keeps nothing, counts what passes, outlives a restart, and is ended from the page', async ({
  fake,
  makeHome,
  startServer,
  openPage,
}) => {
  const home = makeHome()
  fake.scenario = ({ prompt }) => answer(say(`Heard: ${prompt}`))
  const first = await startServer(home)
  await codexExec(home, 'before')
  const page = await openPage(first)
  await page.getByRole('button', { name: /^Recorded/ }).click()
  await page.getByRole('button', { name: 'Pause recording' }).click()
  await expect(page.getByText('Recording is paused.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Recording paused' })).toBeVisible()

  const { code, stdout, stderr } = await codexExec(home, 'a-secret-thing')
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('Heard: a-secret-thing') })
  expect(stderr).toContain('Recording is paused')
  const { missed } = await eventually(
    () => first.call('app/status', {}),
    (status) => (status.missed.paused ?? 0) > 0,
  )
  expect(Object.keys(missed)).toEqual(['paused'])

  await first.stop('SIGKILL')
  expect(JSON.parse((await tapedeck(home, ['status', '--json'])).stdout)).toMatchObject({
    isPaused: true,
    running: false,
  })
  await codexExec(home, 'still-secret')
  const second = await startServer(home)
  expect((await tapedeck(home, ['status'])).stdout).toMatch(
    /Recording is paused[\s\S]*Let \d+ pass while recording was paused/,
  )
  expect((await readSessions(home)).map(({ title }) => title)).toEqual(['before'])
  expect((await tapedeck(home, ['search', 'secret'])).stdout).toContain('Nothing found.')
  expect(readRawFiles(home)).not.toContain('secret')

  await expect(page.getByText('Reconnecting…')).toBeHidden()
  await page.getByRole('status').getByRole('button', { name: 'Resume recording' }).click()
  await expect(page.getByText('Recording is paused.')).toBeHidden()
  await codexExec(home, 'after')
  await expect(page.getByRole('link', { name: /after/ })).toBeVisible()
  expect(await second.call('app/status', {})).toMatchObject({ isPaused: false })
})
