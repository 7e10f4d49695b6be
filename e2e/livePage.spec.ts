import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { violationsOf } from './axe.ts'
import { answer, run, say } from './fakeOpenAi/scenario.ts'
import { gate } from './gate.ts'
import { expect, test } from './pageStage.ts'
import { codexExec } from './tapedeck.ts'
import { openCodex } from './terminal.ts'

test('two sessions at once: one runs a long command, one waits for its user', async ({
  fake,
  makeHome,
  startServer,
  openPage,
}) => {
  const home = makeHome()
  // Its folder goes with the test, whether that came to release it or not.
  const untilReleased = 'until [ -e released ] || [ ! -e ../codex ]; do sleep 0.1; done'
  const { goOn, held } = gate()
  const greeting = 'Good morning, [Ada](https://example.com/ada).\n\n| when | what |\n| --- | --- |\n| now | tea |'
  const words = Array.from({ length: 120 }, (_, n) => `word${n}`).join(' ')
  fake.scenario = ({ kind, prompt, step }) => {
    if (kind === 'title') return answer(say('{"title":"Greetings"}'))
    if (prompt !== 'watch the tests') return answer(say(greeting))
    if (step === 1) return answer(say('I run them first.'), run(untilReleased))
    return answer(say(words, { restAfter: held }))
  }
  const server = await startServer(home)
  const page = await openPage(server)
  // Its time can be put forward: a command that takes long must not make the test take long.
  await page.clock.install()
  await page.goto(new URL('#/live', page.url()).href)
  await page.reload()
  const card = (name: string) => page.getByRole('article', { name })
  const status = page.getByRole('main').getByRole('status')

  const watching = codexExec(home, 'watch the tests')
  await expect(card('watch the tests').getByText('until [ -e released ]')).toBeVisible()
  await expect(card('watch the tests')).toContainText('I run them first.')
  await expect(card('watch the tests')).toContainText(/Runs/)
  const terminal = await openCodex(home, 'good morning')
  try {
    await expect(card('Greetings')).toContainText('Waits for your next prompt')
    await expect(card('Greetings')).toContainText('Good morning, Ada.')
    await expect(card('Greetings').getByRole('cell', { name: 'tea' })).toBeVisible()
    // The card is a link of its own, which lies under those in its text.
    await card('Greetings').getByRole('button', { name: 'Ada' }).click()
    await expect(page.getByRole('dialog', { name: 'Open example.com?' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(card('Greetings').getByRole('button', { name: 'Ada' })).toBeFocused()
    await expect(status).toHaveText('1 running, 1 waiting for you')

    const clock = card('watch the tests').getByTitle('This turn, so far')
    const before = await clock.innerText()
    await page.clock.fastForward(60_000)
    await expect(card('watch the tests')).toContainText('May be waiting for you')
    await expect(status).toHaveText('1 may be waiting for you, 1 waiting for you')
    const live = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /Live/ })
    await expect(live).toHaveAccessibleName('Live 1 may be waiting for you')
    expect(await clock.innerText()).not.toBe(before)
    expect(await violationsOf(page)).toEqual([])
    await page.setViewportSize({ width: 320, height: 800 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)

    writeFileSync(join(home.cwd, 'released'), '')
    // It streams: words are there before the last one is.
    await expect(card('watch the tests')).toContainText('Writing the answer')
    await expect(card('watch the tests')).toContainText(/word\d+/)
    await expect(card('watch the tests').getByRole('list', { name: 'Last steps' })).toContainText(untilReleased)
    goOn()
    await expect(page.getByRole('region', { name: 'Finished last' })).toContainText('watch the tests')
    await watching
    await expect(status).toHaveText('1 waiting for you')

    // A page that comes later knows as much.
    await page.reload()
    await expect(card('Greetings')).toContainText('Waits for your next prompt')
  } finally {
    await terminal.close()
  }
  await expect(page.getByRole('heading', { name: 'Nothing runs now' })).toBeVisible()
  await page.getByRole('main').getByRole('button', { name: 'New session…' }).click()
  await expect(page.getByRole('dialog', { name: 'New session' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('region', { name: 'Finished last' })).toBeVisible()
  // The only thing to go to by now.
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Conversation' })).toBeVisible()
})
