import { conversation } from './conversationView.ts'
import { answer, run, say, think } from './fakeOpenAi/scenario.ts'
import { gate } from './gate.ts'
import { expect, test } from './pageStage.ts'
import { untilFound } from './palette.ts'
import { codexExec, tapedeck } from './tapedeck.ts'

test('a turn streams into the page while codex works, and stays when it is done', async ({ fake, openRecorded }) => {
  const { home, page } = await openRecorded([])
  await page.evaluate(() => Object.assign(window, { isFirstLoad: true }))
  const text = Array.from({ length: 60 }, (_, at) => `sentence ${at} of the answer`).join(', ')
  const beginning = gate()
  const rest = gate()
  fake.scenario = async ({ step }) => {
    if (step === 1) return answer(think('**Thinking** about it'), run('echo from the command'))
    await beginning.held
    return answer(say(text, { restAfter: rest.held }))
  }

  const done = codexExec(home, 'stream something')
  const link = page.getByRole('link', { name: /stream something/ })
  await expect(link).toBeVisible()
  await expect(page.getByText('1 running')).toBeAttached()
  await link.click()
  await expect(conversation(page).getByText('echo from the command')).toBeVisible()
  beginning.goOn()
  await expect(conversation(page).getByText('sentence 0 of the answer')).toBeVisible()
  expect(await conversation(page).innerText()).not.toContain('sentence 59 of the answer')
  rest.goOn()
  expect((await done).code).toBe(0)
  await expect(conversation(page).getByText('sentence 59 of the answer')).toBeVisible()
  await expect(page.getByText('Recorded 3 of 3')).toBeVisible()
  await expect(page.getByText('24 k in')).toBeVisible()
  expect(await page.evaluate(() => 'isFirstLoad' in window)).toBe(true)
})

test('what is written of an answer stays what it is while the rest comes: what is selected there, and where the keyboard is', async ({
  fake,
  openRecorded,
}) => {
  const { home, page } = await openRecorded([])
  const { goOn, held } = gate()
  const beginning = ['## Found\n\nThese *words* are marked.\n\n```ts\nconst', ' a = 1\n```\n\nThe last', ' of it\n']
  const rest = ['goes on.\n\n- one', '\n- two\n\n', 'End.']
  fake.scenario = () =>
    answer(say([...beginning, ...rest].join(''), { chunks: [...beginning, ...rest], restAfter: held }))

  const done = codexExec(home, 'write something')
  await page.getByRole('link', { name: /write something/ }).click()
  const prose = conversation(page).locator('[data-prose]')
  await expect(prose.getByText('The last of it')).toBeVisible()
  await prose.getByText('are marked').click({ clickCount: 3 })
  await prose.getByRole('button', { name: 'Copy code' }).focus()
  const blocks = await prose.evaluateHandle((element) => [...element.children])
  const carets = () =>
    prose.evaluate((element) =>
      [...element.children].map((child) => getComputedStyle(child, '::after').content !== 'none'),
    )
  expect(await carets()).toEqual([false, false, false, true])

  goOn()
  expect((await done).code).toBe(0)
  await expect(prose.getByText('End.')).toBeVisible()
  await expect(prose).not.toHaveAttribute('data-streaming')
  expect(await carets()).toEqual(Array(6).fill(false))
  await expect(prose.getByText('The last of it goes on.')).toBeVisible()
  expect(await blocks.evaluate((children) => children.map(({ isConnected }) => isConnected))).toEqual(
    Array(4).fill(true),
  )
  expect(await page.evaluate(() => getSelection()?.toString().trim())).toBe('These words are marked.')
  await expect(prose.getByRole('button', { name: 'Copy code' })).toBeFocused()
})

test('the page outlives its host: it finds the next one by itself, and misses nothing', async ({
  startServer,
  openRecorded,
}) => {
  const { home, server: first, page } = await openRecorded([])
  await codexExec(home, 'before the end')
  await expect(page.getByRole('link', { name: /before the end/ })).toBeVisible()
  await page.evaluate(() => Object.assign(window, { isFirstLoad: true }))

  await first.stop('SIGKILL')
  await expect(page.getByText('Reconnecting…')).toBeVisible()
  await codexExec(home, 'while nobody served')
  await startServer(home)

  await expect(page.getByRole('link', { name: /while nobody served/ })).toBeVisible()
  await expect(page.getByText('Reconnecting…')).toBeHidden()
  await codexExec(home, 'after it came back')
  await expect(page.getByRole('link', { name: /after it came back/ })).toBeVisible()
  expect(await page.evaluate(() => 'isFirstLoad' in window)).toBe(true)
})

test('people find, rename and delete by mouse and by keyboard', async ({ fake, openRecorded }) => {
  fake.scenario = ({ prompt, step }) =>
    step === 1 && prompt === 'first' ? answer(run('echo xylophone-in-the-output')) : answer(say(`Heard ${prompt}.`))
  const { home, server, page } = await openRecorded(['first', 'second'])
  await expect(page.getByRole('link', { name: /second/ })).toBeVisible()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('xylophone')
  await untilFound(page)
  await expect(page.getByRole('option').filter({ hasText: 'xylophone' }).first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'first' })).toBeVisible()
  await expect(conversation(page).getByText('echo xylophone-in-the-output').first()).toBeVisible()

  await page.getByRole('button', { name: /More/ }).click()
  await page.getByRole('menuitem', { name: /Rename/ }).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Instruments')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: /Instruments/ })).toBeVisible()
  const { sessions } = await server.call('session/list', {})
  expect(sessions.map(({ title }) => title).sort()).toEqual(['Instruments', 'second'])

  await page.getByRole('button', { name: /More/ }).click()
  await page.getByRole('menuitem', { name: /Delete/ }).click()
  await expect(page.getByRole('link', { name: /Instruments/ })).toBeHidden()
  expect((await tapedeck(home, ['search', 'xylophone'])).stdout).toContain('Nothing found.')
})

test('text of others is shown and never obeyed', async ({ fake, makeHome, startServer, openPage }) => {
  const home = makeHome()
  const server = await startServer(home)
  const hostile = [
    '<img src=x onerror="window.isPwned=1"><script>window.isPwned=1</script>',
    '[click](javascript:window.isPwned=1) ![x](https://example.com/x.png) <svg onload="window.isPwned=1">',
    '[data](data:text/html,<script>window.isPwned=1</script>) \u001B]8;;https://example.com/\u0007link\u001B]8;;\u0007 zero\u200Bwidth',
    'x'.repeat(20_000),
    'shown \u202Egnp.exe and \u001B[31mred\u001B[0m \u001B]0;title\u0007',
  ].join('\n\n')
  fake.scenario = ({ step }) => (step === 1 ? answer(run(`printf '%s' '${hostile}'`)) : answer(say(hostile)))
  await codexExec(home, hostile)
  const page = await openPage(server)
  const outside: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith('http://127.0.0.1:')) outside.push(request.url())
  })
  await page.getByRole('link', { name: /onerror/ }).click()
  await expect(conversation(page).getByText('shown').last()).toBeVisible()
  expect(await page.evaluate(() => 'isPwned' in window)).toBe(false)
  expect(await page.locator('a[href^="javascript:"]').count()).toBe(0)
  expect(await conversation(page).locator('img, svg[onload], script').count()).toBe(0)
  expect(outside).toEqual([])
  const isWider = () => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
  expect(await isWider()).toBe(false)
  await page.setViewportSize({ width: 390, height: 800 })
  expect(await isWider()).toBe(false)
})
