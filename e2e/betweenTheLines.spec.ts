import { violationsOf } from './axe.ts'
import { conversation, inspector } from './conversationView.ts'
import {
  type AnswerItem,
  answer,
  compaction,
  cut,
  httpError,
  run,
  type Scenario,
  say,
  spawnAgent,
  waitAgent,
} from './fakeOpenAi/scenario.ts'
import { gate } from './gate.ts'
import { expect, test } from './pageStage.ts'
import { untilFound } from './palette.ts'
import { codexExec, newestSession } from './tapedeck.ts'

test('a compaction says how much was to read before and after it, and leads to both requests', async ({
  fake,
  makeHome,
  openRecorded,
}) => {
  const home = makeHome({ config: 'model_auto_compact_token_limit = 20000' })
  const { page } = await openRecorded([], { home })
  const { goOn, held } = gate()
  fake.scenario = async ({ kind, step }) => {
    if (kind === 'compaction') return answer(compaction())
    if (step === 1) {
      return { ...answer(run('echo long')), usage: { input: 182_000, cached: 149_500, output: 10, reasoning: 0 } }
    }
    await held
    return { ...answer(say('Went on after it.')), usage: { input: 14_000, cached: 2_000, output: 100, reasoning: 0 } }
  }
  const done = codexExec(home, 'do something long')
  await page.getByRole('link', { name: /do something long/ }).click()
  // What the next request reads is not known before it was answered.
  const seam = conversation(page).locator('[data-item]').filter({ hasText: 'Compacted' })
  await expect(seam).toContainText(/Compacted from 182\sk tokens of context/)
  goOn()
  expect((await done).code).toBe(0)
  await expect(seam).toContainText(/Compacted: 182\sk →to 14\sk tokens of context/)
  await expect(seam).toContainText(
    /The next request had 14\s% from the cache; before it was 82\s%. It read 12\sk anew./,
  )

  const panel = inspector(page)
  await seam.getByRole('link', { name: 'Context before' }).click()
  await expect(panel.getByRole('tab', { name: 'Context' })).toHaveAttribute('aria-selected', 'true')
  await expect(panel).toContainText(/1 of \d in turn 1/)
  await expect(panel).toContainText(/182\sk tokens/)
  await seam.getByRole('link', { name: 'Context after' }).click()
  await expect(panel).toContainText(/3 of \d in turn 1/)
  await expect(panel).toContainText(/14\sk tokens/)
  // Once more, after the reader went elsewhere in the inspector.
  await panel.getByRole('button', { name: 'Previous request' }).click()
  await expect(panel).toContainText(/2 of \d in turn 1/)
  await seam.getByRole('link', { name: 'Context after' }).click()
  await expect(panel).toContainText(/3 of \d in turn 1/)
  expect(await violationsOf(page, { within: 'main' })).toEqual([])
})

test('what codex asked again is one line where it happened, with each attempt and its request in it', async ({
  fake,
  makeHome,
  startServer,
  openPage,
}) => {
  const home = makeHome()
  fake.webSocket = 426
  const message = '<img src=x onerror="window.isPwned=1"> \u202Etry later'
  fake.scenario = ({ prompt, step }) => {
    if (prompt === 'all is well') return answer(say('It is.'))
    if (step === 1) return answer(run('echo before'))
    if (step === 2) return cut(answer(say('Half of what I wanted to say')), 6)
    if (step === 3) return httpError(503, { code: 'server_is_overloaded', message })
    return answer(say('All of it.'))
  }
  const server = await startServer(home)
  await codexExec(home, 'all is well')
  expect((await codexExec(home, 'ask a shaky server')).code).toBe(0)
  const page = await openPage(server)
  await page.getByRole('link', { name: /all is well/ }).click()
  await expect(conversation(page).getByText('It is.')).toBeVisible()
  await expect(conversation(page)).not.toContainText('Asked again')

  await page.getByRole('link', { name: /ask a shaky server/ }).click()
  await expect(conversation(page).locator('[data-item] > div:last-child')).toContainText([
    'ask a shaky server',
    'echo before',
    /^Asked again 2 times: the stream broke off (at once|after [\d.]+\ss); then 503 from the server$/,
    'All of it.',
  ])
  const retries = conversation(page).locator('[data-kind="retry"]')
  await expect(retries.getByRole('listitem')).toHaveCount(0)
  await retries.focus()
  await page.keyboard.press('e')
  const attempts = retries.getByRole('listitem')
  await expect(attempts).toHaveCount(2)
  await expect(attempts.first()).toContainText(/^\d\d:\d\d:\d\d.*The stream broke off/)
  await expect(attempts.last()).toContainText('503 from the server<img src=x onerror="window.isPwned=1">')
  await attempts.last().getByRole('link', { name: 'Request' }).click()
  await expect(inspector(page)).toContainText('3 of 4 in turn 1')
  await expect(inspector(page)).toContainText('503')
  expect(await violationsOf(page, { within: 'main' })).toEqual([])
  expect(await page.evaluate(() => 'isPwned' in window)).toBe(false)

  // Its words are found, and open what hides them.
  await retries.getByRole('button', { expanded: true }).click()
  await page.keyboard.press('/')
  await page.keyboard.type('try later')
  await expect(attempts).toHaveCount(2)
})

test('a plan marks what changed of the one before it, whatever its steps say', async ({ makeHome, openTurn }) => {
  const home = makeHome({ config: 'tools.update_plan = { enabled = true }' })
  const hostile = '<img src=x onerror="window.isPwned=1"> \u202Enalp'
  const plan = (...steps: [status: string, step: string][]) =>
    answer({
      kind: 'call',
      name: 'update_plan',
      input: { plan: steps.map(([status, step]) => ({ status, step })) },
    })
  const plans: Scenario = ({ step }) => {
    if (step === 1) return plan(['in_progress', 'Look'], ['pending', 'Pass the clock'], ['pending', hostile])
    if (step === 2) {
      return plan(['completed', 'Look'], ['in_progress', 'Pass the clock in'], ['pending', `Run ${'x'.repeat(3_000)}`])
    }
    if (step === 3) return plan(['completed', 'Look'], ['completed', 'Pass the clock in'])
    return answer(say('Planned.'))
  }
  const { code, page } = await openTurn(plans, ['-m', 'gpt-5.5', 'plan it'], { home })
  expect(code).toBe(0)
  await page.getByRole('link', { name: /plan it/ }).click()
  const shown = conversation(page).locator('[data-kind="tool"]')
  await expect(shown).toHaveCount(3)
  const steps = (at: number) => shown.nth(at).getByRole('listitem')
  // The first has nothing to differ from.
  await expect(steps(0)).toHaveText(['in progress: Look', 'open: Pass the clock', /^open: <img src=x onerror=/])
  await expect(shown.nth(1)).toContainText('1 newly done, 1 new, 1 reworded, 1 removed')
  await expect(steps(1)).toHaveText([
    'done: Looknewly done',
    'in progress: Pass the clock inbegunrewordedwas: Pass the clock',
    /^open: Run x+new$/,
    /^<img src=x onerror="window.isPwned=1">.*nalpremoved$/,
  ])
  await expect(shown.nth(2)).toContainText('Plan done: 2 of 2')
  await expect(steps(2).first()).toHaveText('done: Look')
  expect(await violationsOf(page, { within: 'main' })).toEqual([])
  expect(await page.evaluate(() => 'isPwned' in window)).toBe(false)
  await page.setViewportSize({ width: 320, height: 800 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
})

test('what is typed into a terminal names the command that runs there, and the command says how it went on', async ({
  openTurn,
}) => {
  const command = `: '<img src=x onerror="window.isPwned=1">'; echo ready; for i in 1 2 3 4; do read x; echo "got $x"; done; exit 3`
  let terminal = ''
  const types: Scenario = ({ step, lastOutput }) => {
    terminal = /session ID (\d+)/.exec(lastOutput ?? '')?.[1] ?? terminal
    const call = (name: string, input: object): AnswerItem => ({ kind: 'call', name, input })
    if (step === 1) return answer(call('exec_command', { cmd: command, yield_time_ms: 300, tty: true }))
    const write = (chars: string, ms: number) =>
      call('write_stdin', { session_id: Number(terminal), chars, yield_time_ms: ms })
    if (step === 2) return answer(write('x\n', 250), write('y\n', 250), write('z\n', 250))
    if (step === 3) return answer(say('It has heard enough.'), write('yes\n', 5_000))
    return answer(say('It is over.'))
  }
  const { code, page } = await openTurn(types, ['-m', 'gpt-5.5', 'start it'])
  expect(code).toBe(0)
  await page.getByRole('link', { name: /start it/ }).click()
  const ran = conversation(page).locator('[data-kind="shell"]').first()
  const typed = conversation(page).locator('[data-kind="tool"]').last()
  await expect(conversation(page).locator('[data-kind="shell"]').nth(1)).toContainText(
    new RegExp(`Typed3\\stimesto .*\\(terminal ${terminal}\\)`),
  )
  await expect(typed).toContainText(`yesto ${command} (terminal ${terminal})`)
  await expect(ran).toContainText('exit 3 later')
  await ran.focus()
  await page.keyboard.press('e')
  await expect(ran).toContainText(`It went on in terminal ${terminal}. There it ended with exit code 3.`)
  await ran.getByRole('link', { name: 'Where it ended' }).click()
  await expect(typed).toBeFocused()
  // What failed is open already.
  await typed.getByRole('link', { name: 'Show the command' }).click()
  await expect(ran).toBeFocused()
  expect(await violationsOf(page, { within: 'main' })).toEqual([])
  expect(await page.evaluate(() => 'isPwned' in window)).toBe(false)
})

test('a sub-agent is one line until it is opened, by hand or by what leads into it', async ({ fake, openRecorded }) => {
  const { home, server, page } = await openRecorded([])
  const { goOn, held } = gate()
  fake.scenario = async ({ subagent, step, lastOutput }) => {
    if (subagent && step === 1) return answer(run('echo xylophone'))
    if (subagent) {
      await held
      return answer(say('There is a bassoon.'))
    }
    if (step === 1) return answer(spawnAgent('count_files', 'Count <b>all</b> files.'))
    // It waits for ten seconds, which is not enough where the machine is busy.
    const isToWait = step === 2 || lastOutput?.includes('Wait timed out')
    return answer(isToWait ? waitAgent() : say('It counted.'))
  }
  const done = codexExec(home, 'let somebody count')
  await page.getByRole('link', { name: /let somebody count/ }).click()
  const lane = conversation(page).locator('article[data-kind="lane"]')
  const within = conversation(page).getByText('echo xylophone')
  await expect(lane).toContainText(
    /count_files.*sub-agent.*(?:waiting for the model|reading the result).*1\sstep.*running/s,
  )
  await expect(within).toHaveCount(0)
  goOn()
  expect((await done).code).toBe(0)
  await expect(lane).toContainText(/count_filessub-agentCount <b>all<\/b> files\.1\sstep24\sk tok[\d.]+\ssCompleted/)
  await expect(lane.getByRole('button')).toHaveAttribute('aria-expanded', 'false')
  expect(await violationsOf(page, { within: 'main' })).toEqual([])

  await lane.focus()
  await page.keyboard.press('Enter')
  await expect(within).toBeVisible()
  await page.keyboard.press('e')
  await expect(within).toHaveCount(0)
  await lane.getByRole('button').click()
  await expect(within).toBeVisible()
  expect(await violationsOf(page, { within: 'main' })).toEqual([])
  // What the reader chose is kept while the page lives.
  await page.getByRole('link', { name: 'Live' }).click()
  await expect(within).toHaveCount(0)
  await page.goBack()
  await expect(within).toBeVisible()

  const fresh = async (path = '') => {
    await page.goto(`${new URL(server.ui).origin}/#/session/${session.id}${path}`)
    await page.reload()
    await expect(lane).toBeVisible()
  }
  const session = await newestSession(server)
  const { turns } = await server.call('session/read', { id: session.id })
  const inner = turns.find(({ threadId }) => threadId !== session.id)
  const said = inner?.items.at(-1)
  await fresh()
  await expect(conversation(page).getByText('It counted.')).toBeVisible()
  await expect(within).toHaveCount(0)
  await page.keyboard.press('/')
  await page.keyboard.type('bassoon')
  await expect(conversation(page).getByText('There is a bassoon.')).toBeInViewport()

  await fresh(`/item/${said?.id}`)
  await expect(page.locator(`[data-item="${said?.id}"]`)).toBeFocused()

  await fresh()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('xylophone')
  await untilFound(page)
  await expect(page.getByRole('option').filter({ hasText: 'xylophone' }).first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(within.first()).toBeInViewport()
})
