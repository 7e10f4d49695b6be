import { violationsOf } from './axe.ts'
import { type AnswerItem, answer, exec, type Scenario, say } from './fakeOpenAi/scenario.ts'
import { mcpConfig } from './mcpServer.ts'
import { expect, test } from './pageStage.ts'

const calls = (name: string): AnswerItem => ({ kind: 'call', name, namespace: 'mcp__docs', input: {} })

test('what an MCP server gave is its texts, values, pictures and links, whichever way codex handed it on', async ({
  makeHome,
  openTurn,
}) => {
  const home = makeHome({ config: mcpConfig })
  const steps = [
    answer(calls('everything'), say('and')),
    answer(exec('const all = await tools.mcp__docs__everything({}); text(all)'), say('and')),
    answer(calls('json'), say('and')),
    answer(exec('text(await tools.mcp__docs__failing({}))')),
  ]
  const scenario: Scenario = ({ step }) => steps[step - 1] ?? answer(say('Done.'))
  const { server, page } = await openTurn(scenario, 'ask the docs', { home })
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  const cards = page.locator('[data-item]').filter({ hasText: 'Called' })

  // They have pictures, and so are open by themselves.
  const native = cards.nth(0)
  await expect(native).toContainText('Two pages fit. <img src=x onerror=window.isPwned=1>')
  await expect(native.locator('figcaption')).toHaveText([/80 × 60 px/])
  await expect(native.locator('figure img')).toHaveCount(1)
  await native.getByRole('button', { name: 'guide' }).click()
  await expect(page.getByRole('dialog', { name: 'Open example.com?' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(native).toContainText('do not')
  await expect(native.getByRole('button', { name: 'do not' })).toHaveCount(0)
  await expect(native).toContainText(/file:\/\/\/notes\.txt.*What was noted\./s)

  const inProgram = cards.nth(1)
  await inProgram.scrollIntoViewIfNeeded()
  await expect(inProgram).toContainText(/docs.*everything.*Two pages fit/s)
  // Codex leaves an SVG out by itself, and a program prints it all the same.
  await expect(inProgram.locator('figure')).toHaveText([/80 × 60 px/, /image\/svg\+xml is not shown/])
  await expect(inProgram.locator('figure img')).toHaveCount(1)

  const json = cards.nth(2)
  await json.getByRole('button').first().click()
  const tree = json.getByRole('tree', { name: 'The result as a tree' })
  await expect(tree.getByRole('treeitem')).toHaveText([
    /result/,
    /pages/,
    /^0/,
    /title.*Owls/,
    /words.*120/,
    /next.*null/,
  ])
  await tree.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowLeft')
  await expect(tree.getByRole('treeitem')).toHaveCount(3)

  const failing = cards.nth(3)
  await failing.scrollIntoViewIfNeeded()
  await expect(failing).toContainText(/failed.*There is no such page\./s)
  expect(await violationsOf(page, { within: 'main' })).toEqual([])
  expect(await page.evaluate(() => 'isPwned' in window)).toBe(false)
  expect(asked.filter((url) => new URL(url).origin !== new URL(server.ui).origin)).toEqual([])
})
