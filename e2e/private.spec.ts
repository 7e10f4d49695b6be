import { join } from 'node:path'
import { answer, run, say } from './fakeOpenAi/scenario.ts'
import { gate } from './gate.ts'
import { expect, test } from './pageStage.ts'
import { readRawFiles } from './rawFiles.ts'
import { codexExec, eventually, execArgs, readSessions, tapedeck } from './tapedeck.ts'

const prompt = 'xylophone-of-the-mind'

test('a private session works, is counted, and is nowhere on the disk, across a restart in the middle of it', async ({
  fake,
  makeHome,
  startServer,
  openPage,
}) => {
  const home = makeHome()
  const { goOn, held } = gate()
  fake.scenario = async ({ prompt: asked, step }) => {
    if (!asked.includes(prompt)) return answer(say('An open answer.'))
    if (step === 1) return answer(run('echo zanzibar'))
    await held
    return answer(say('The quizzical end.'))
  }
  const first = await startServer(home)
  await codexExec(home, 'in the open')
  const page = await openPage(first)
  const done = tapedeck(home, ['codex', '--private', ...execArgs, prompt])
  await expect(page.getByText('1 private session', { exact: true })).toBeVisible()
  await page.getByRole('link', { name: 'Live' }).click()
  await expect(page.getByText('1 private, not recorded')).toBeVisible()
  await eventually(
    () => first.call('app/status', {}),
    ({ missed }) => (missed.private ?? 0) > 0,
  )
  await first.stop('SIGKILL')
  const second = await startServer(home)
  expect(await second.call('launch/list', {})).toMatchObject({ privateCount: 1 })
  goOn()
  const { code, stdout, stderr } = await done
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('The quizzical end.') })
  expect(stderr).toContain('A private session.')

  const status = await eventually(
    () => second.call('app/status', {}),
    ({ recorded, total, missed }) => recorded + (missed.private ?? 0) === total,
  )
  expect(Object.keys(status.missed)).toEqual(['private'])
  // What was not wanted is not missed.
  const { recorded } = status
  const told = (await tapedeck(home, ['status'])).stdout
  expect(told).toMatch(/Let \d+ of private sessions pass, as you wanted\./)
  expect(told).toContain(`Recorded ${recorded} of ${recorded} exchanges.`)
  await expect(page.getByRole('button', { name: `Recorded ${recorded} of ${recorded}` })).toBeVisible()
  expect((await tapedeck(home, ['doctor'])).stdout).toMatch(/✓ Recorder/)
  expect((await readSessions(home)).map(({ title }) => title)).toEqual(['in the open'])
  expect((await second.call('search/query', { query: prompt })).total).toBe(0)
  await expect(page.getByText('1 private session', { exact: true })).toBeHidden()
  await second.stop()
  const text = readRawFiles(home)
  for (const word of [prompt, 'zanzibar', 'quizzical']) expect(text).not.toContain(word)
})

test('the page asks for a private session, and says what that means', async ({ makeHome, startServer, openPage }) => {
  const home = makeHome()
  const seen = join(String(home.env.HOME), 'launched')
  // A terminal without a window.
  const terminal = `sh -c 'shift; "$@" >${seen} 2>&1 </dev/null & exit 0' terminal --`
  const server = await startServer({ ...home, env: { ...home.env, TAPEDECK_TERMINAL: terminal } })
  const page = await openPage(server)
  await page.keyboard.press('c')
  const dialog = page.getByRole('dialog', { name: 'New session' })
  await dialog.getByRole('combobox', { name: 'Folder' }).fill(home.cwd)
  await expect(dialog.getByText('nothing of this session is kept')).toBeVisible()
  await dialog.getByRole('switch', { name: 'Private' }).click()
  const answered = page.waitForRequest(/terminal\/open/)
  await dialog.getByRole('button', { name: 'Start Codex' }).click()
  expect((await answered).postDataJSON()).toMatchObject({ cwd: home.cwd, isPrivate: true })
})
