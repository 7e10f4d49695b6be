import { violationsOf } from './axe.ts'
import { type AnswerItem, answer, applyPatch, exec, run, type Scenario, say } from './fakeOpenAi/scenario.ts'
import { expect, test } from './pageStage.ts'

const raw = (item: { type: string } & Record<string, unknown>): AnswerItem => ({ kind: 'raw', item })

test('searches, MCP calls, plans and terminals that run on are shown as what they were, whatever they say', async ({
  openTurn,
}) => {
  const search = { type: 'web_search_call', status: 'completed' }
  const scenario: Scenario = ({ step }) => {
    if (step > 1) return answer(say('Done.'))
    return answer(
      raw({
        ...search,
        id: 'w1',
        action: { type: 'search', query: 'fake timers', queries: ['fake timers', '<b>bold</b>'] },
      }),
      raw({ ...search, id: 'w2', action: { type: 'open_page', url: 'https://nodejs.org/api/test.html' } }),
      raw({ ...search, id: 'w3', action: { type: 'open_page', url: 'javascript:window.isPwned=1' } }),
      exec(
        'await tools.update_plan({plan: [{step: "Look <img src=x onerror=window.isPwned=1>", status: "completed"}, {step: "Mend", status: "in_progress"}]})',
      ),
      {
        kind: 'call',
        name: 'mcp__docs__search_pages',
        input: { query: '<script>window.isPwned=1</script>', limit: 3 },
      },
      { kind: 'call', name: 'write_stdin', input: { session_id: 3, chars: 'yes\n' } },
    )
  }
  const { server, page } = await openTurn(scenario, 'all kinds')
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  const item = (text: string | RegExp) => page.locator('[data-item]').filter({ hasText: text }).first()
  // Three in a row read as one line.
  await page.getByRole('button', { name: /web_search/ }).click()
  await expect(item(/Searched/)).toContainText('fake timers and 1 more')
  await item(/Searched/)
    .getByRole('button')
    .first()
    .click()
  await expect(item(/Searched/).getByRole('listitem')).toHaveText([
    'searched for fake timers',
    'searched for <b>bold</b>',
  ])
  // A link asks first; what is no address is no link.
  await item(/nodejs/)
    .getByRole('button')
    .first()
    .click()
  await item(/nodejs/)
    .getByRole('button', { name: 'https://nodejs.org/api/test.html' })
    .last()
    .click()
  await expect(page.getByRole('dialog', { name: 'Open nodejs.org?' })).toBeVisible()
  await page.keyboard.press('Escape')
  await item(/javascript:/)
    .getByRole('button')
    .first()
    .click()
  await expect(item(/javascript:/).getByRole('listitem')).toHaveText(['javascript:window.isPwned=1'])
  await expect(
    item(/javascript:/)
      .getByRole('listitem')
      .getByRole('button'),
  ).toHaveCount(0)

  const plan = item(/Planned/)
  await expect(plan).toContainText('1 of 2 steps done')
  await expect(plan.getByRole('listitem')).toHaveText([
    'done: Look <img src=x onerror=window.isPwned=1>',
    'in progress: Mend',
  ])
  const mcp = item(/Called/)
  await expect(mcp).toContainText(/docs.*search_pages/s)
  // Codex of this test has no such server, and what it says of that is a failure.
  await expect(mcp).toContainText('failed')
  await expect(mcp).toContainText('unsupported call: mcp__docs__search_pages')
  await expect(item(/Typed/)).toContainText(/yes.*into terminal 3/s)
  expect(await violationsOf(page, { within: 'main' })).toEqual([])
  expect(await page.evaluate(() => 'isPwned' in window)).toBe(false)
  expect(asked.filter((url) => new URL(url).origin !== new URL(server.ui).origin)).toEqual([])

  // They are found like all else.
  await page.keyboard.press('/')
  await page.keyboard.type('fake timers')
  await expect(page.getByRole('search')).toContainText(/1 of \d/)
})

test('what changed stands side by side where there is room, and stays so', async ({ openTurn }) => {
  const scenario: Scenario = ({ step }) => {
    if (step === 1) return answer(run('printf "one\\ntwo\\nthree\\n" > a.txt'))
    if (step > 2) return answer(say('Done.'))
    return answer(
      applyPatch('*** Begin Patch\n*** Update File: a.txt\n@@\n one\n-two\n+2\n+2.5\n three\n*** End Patch'),
    )
  }
  const { page } = await openTurn(scenario, 'change it', { width: 1600 })
  const edited = page.locator('[data-item]').filter({ hasText: 'Edited' }).first()
  const sides = edited.getByRole('button', { name: 'Side by side' })
  await expect(sides).toHaveAttribute('aria-pressed', 'false')
  await sides.click()
  const rows = edited.locator('[data-kind]:not([data-item])')
  await expect(rows).toHaveText(['one', 'one', '−two', '+2', '+2.5', 'three', 'three'])
  await page.reload()
  await expect(sides).toHaveAttribute('aria-pressed', 'true')
  await page.setViewportSize({ width: 700, height: 800 })
  await expect(sides).toBeHidden()
  await expect(rows).toHaveText(['one', '−two', '+2', '+2.5', 'three'])
})
