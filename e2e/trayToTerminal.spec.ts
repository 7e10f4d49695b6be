import { menuOf } from './desk/desk.ts'
import { expect, test } from './desk/deskStage.ts'
import { withTray } from './desk/withTray.ts'
import { listMissingForDisplay, startDisplay } from './display.ts'
import { answer, say } from './fakeOpenAi/scenario.ts'
import { gate } from './gate.ts'
import { watchScreen } from './screen.ts'
import { codexExec } from './tapedeck.ts'

const missing = await listMissingForDisplay()
const why = missing.length > 0 ? ` (skipped: there is no ${missing.join(', no ')} here)` : ''

test(`a click in the tray, a terminal, a turn: the window shows it, the tray that it is recorded${why}`, async ({
  fake,
  makeHome,
  startDesk,
}) => {
  test.skip(missing.length > 0)
  const home = makeHome()
  await codexExec(home, 'so that the folder is a recent one')
  const display = await startDisplay()
  try {
    const screen = watchScreen(home, display)
    const env = { ...withTray(home), ...display.env, TAPEDECK_TERMINAL: screen.terminal }
    const desk = await startDesk(home, { env })
    const page = await desk.page()
    await expect.poll(() => menuOf(desk)).toContainEqual(expect.stringMatching(/^ {2}~.*project$/))
    await desk.clickTray('New Codex Session in', '~')
    await screen.waitFor('OpenAI Codex')

    const { goOn, held } = gate()
    fake.scenario = async ({ prompt }) => {
      await held
      return answer(say(`Heard: ${prompt}`))
    }
    await screen.submit('good morning')
    await expect.poll(() => menuOf(desk)).toContain('Recording 1 session')
    goOn()
    await screen.waitFor('Heard: good morning')
    await page.getByRole('link', { name: /Sessions/ }).click()
    await page
      .getByRole('link', { name: /good morning/ })
      .first()
      .click()
    await expect(page.getByRole('region', { name: 'Conversation' }).getByText('Heard: good morning')).toBeVisible()

    await screen.submit('/quit')
    await expect.poll(() => menuOf(desk)).toContain('Signed in as ada@example.com')
    expect((await menuOf(desk)).join()).not.toContain('Recording 1')
  } finally {
    display.close()
  }
})
