import { violationsOf } from './axe.ts'
import { conversation } from './conversationView.ts'
import { answer, patch, say } from './fakeOpenAi/scenario.ts'
import { goTo } from './goTo.ts'
import { expect, test } from './pageStage.ts'
import { eventually } from './tapedeck.ts'
import { openCodex } from './terminal.ts'

const change = ['*** Begin Patch', '*** Update File: a.txt', '@@', '-hello', '+hello there', '*** End Patch'].join('\n')

test('codex asks about an edit: every place says that it may be waiting, and which edit for', async ({
  fake,
  makeHome,
  startServer,
  openPage,
}) => {
  const home = makeHome({ config: 'approval_policy = "on-request"\nsandbox_mode = "read-only"' })
  const server = await startServer(home)
  fake.scenario = ({ kind, prompt }) => {
    if (kind === 'title') return answer(say('{"title":"A greeting"}'))
    return prompt === 'greet them' ? answer(say('One word more.'), patch(change)) : answer(say('As you like.'))
  }
  const page = await openPage(server)
  // Its time can be put forward: nobody has to wait for what takes minutes.
  await page.clock.install()
  await page.reload()
  const terminal = await openCodex(home, 'greet them')
  try {
    await terminal.waitFor('Would you like to make the following edits?')
    const { sessions } = await eventually(
      () => server.call('session/list', {}),
      ({ sessions }) => sessions.length > 0,
    )
    const id = sessions[0]?.id ?? ''
    const live = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Live/ })
    await goTo(page, `#/session/${id}`)
    await expect(conversation(page).getByText('Wants to edit')).toBeVisible()
    const foot = page.locator('footer[data-live]')
    await expect(foot).toContainText('wants to edit a.txt')
    await expect(live).toHaveAccessibleName('Live 1 running')

    await page.clock.fastForward(60_000)
    await expect(foot).toContainText(/May be waiting for you · 1:\d\d edit of a\.txt/)
    await expect(live).toHaveAccessibleName('Live 1 may be waiting for you')
    const row = page.getByRole('link', { name: /A greeting/ })
    await expect(row).toContainText('May be waiting for you')
    expect(await violationsOf(page)).toEqual([])
    await goTo(page, '#/live')
    await expect(page.getByRole('article')).toContainText('May be waiting for you')
    await expect(page.getByRole('article')).toContainText('edit of a.txt')
    await expect(page.getByRole('main').getByRole('status')).toHaveText('1 may be waiting for you')

    // Nothing that codex sends tells of it, and so nothing is said that could be wrong.
    await terminal.press('Escape')
    await terminal.waitFor('Conversation interrupted')
    await page.clock.fastForward(240_000)
    await expect(page.getByRole('article')).toContainText('No word from Codex for 5 min')
    await expect(page.getByRole('main').getByRole('status')).toHaveText('1 without a word from Codex')

    await terminal.submit('leave it then')
    await terminal.waitFor('As you like.')
    await goTo(page, `#/session/${id}`)
    await expect(conversation(page).getByText('As you like.')).toBeVisible()
    await expect(conversation(page).getByText('Asked to edit')).toBeVisible()
    await expect(live).toHaveAccessibleName('Live')
  } finally {
    await terminal.close()
  }
})
