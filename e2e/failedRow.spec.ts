import { usageLimit } from './fakeOpenAi/scenario.ts'
import { expect, test } from './pageStage.ts'
import { codexExec } from './tapedeck.ts'

test('the row of a failed session tells why first, then its folder', async ({
  fake,
  makeHome,
  startServer,
  openPage,
}) => {
  const home = makeHome()
  const server = await startServer(home)
  fake.scenario = usageLimit
  await codexExec(home, 'hello')
  const page = await openPage(server)
  const row = page.locator('[data-pane="list"] a[data-status="failed"]')
  await expect(row).toHaveText(/usage limit has been reached.*project/)
})
