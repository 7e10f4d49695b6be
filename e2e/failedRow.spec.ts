import { usageLimit } from './fakeOpenAi/scenario.ts'
import { expect, test } from './pageStage.ts'

test('the row of a failed session tells why first, then its folder', async ({ openTurn }) => {
  const { page } = await openTurn(usageLimit, 'hello')
  const row = page.locator('[data-pane="list"] a[data-status="failed"]')
  await expect(row).toHaveText(/usage limit has been reached.*project/)
})
