import { conversation, inspector } from './conversationView.ts'
import { answer, compaction, run, say } from './fakeOpenAi/scenario.ts'
import { expect, test } from './pageStage.ts'
import { codexExec } from './tapedeck.ts'

test('a prefix that changed is named with its place and its reason, and what stands there now', async ({
  fake,
  makeHome,
  openRecorded,
}) => {
  const home = makeHome({ config: 'model_auto_compact_token_limit = 20000' })
  const { page } = await openRecorded([], { home })
  fake.scenario = ({ kind, step }) => {
    if (kind === 'compaction') return answer(compaction())
    const usage = { output: 10, reasoning: 0 }
    return step === 1
      ? { ...answer(run('echo long')), usage: { ...usage, input: 182_000, cached: 149_500 } }
      : { ...answer(say('Went on after it.')), usage: { ...usage, input: 14_000, cached: 2_000 } }
  }
  expect((await codexExec(home, 'do something long')).code).toBe(0)
  await page.getByRole('link', { name: /do something long/ }).click()
  await expect(conversation(page).getByText('Went on after it.')).toBeVisible()
  await page.keyboard.press('i')
  await expect(inspector(page).getByText('3 of 3 in turn 1')).toBeVisible()
  await inspector(page).getByRole('tab', { name: 'Changes' }).click()

  const reason = inspector(page).getByText('Codex compacted the conversation at position')
  await expect(reason).toHaveText(/^Codex compacted the conversation at position \d+, and the cache covers only/)
  const [place] = /\d+/.exec(await reason.innerText()) ?? []
  await expect(inspector(page).getByText(/10\sk tokens that had been sent before were read again/)).toBeVisible()
  await expect(
    inspector(page).getByRole('button', { name: new RegExp(`Summary of what was said before.*\\b${place}\\b`) }),
  ).toBeVisible()
})
