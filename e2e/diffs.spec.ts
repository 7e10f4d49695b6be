import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { violationsOf } from './axe.ts'
import { answer, applyPatch, type Scenario, say } from './fakeOpenAi/scenario.ts'
import { expect, test } from './pageStage.ts'

const numbered = (count: number) => Array.from({ length: count }, (_, at) => `line ${at + 1}`)
/** Lines are never numbered elsewhere, so that each is there once. */
const exactly = (line: number) => new RegExp(`line ${line}$`)

test('what did not change is folded, a long diff comes in pieces, and files are named for what became of them', async ({
  makeHome,
  openTurn,
}) => {
  const home = makeHome()
  const write = (name: string, lines: string[]) => writeFileSync(join(home.cwd, name), `${lines.join('\n')}\n`)
  const context = (from: number, to: number) =>
    numbered(60)
      .slice(from - 1, to)
      .map((line) => ` ${line}`)
  write('context.txt', numbered(60))
  write('old.txt', ['one', 'two'])
  write('gone.txt', ['nothing'])
  const edits = [
    '*** Update File: context.txt',
    '@@',
    '-line 1',
    '+line first',
    ...context(2, 49),
    '-line 50',
    '+line fifty',
    ...context(51, 53),
    '*** Update File: old.txt',
    '*** Move to: moved.txt',
    '@@',
    ' one',
    '-two',
    '+2',
    '*** Delete File: gone.txt',
    '*** Add File: small.txt',
    '+little',
  ]
  const huge = ['*** Add File: huge.txt', ...numbered(20_000).map((line) => `+${line}`)]
  const patchOf = (lines: string[]) => applyPatch(['*** Begin Patch', ...lines, '*** End Patch'].join('\n'))
  const scenario: Scenario = ({ step }) =>
    [answer(patchOf(edits)), answer(say('and'), patchOf(huge))][step - 1] ?? answer(say('Done.'))
  const { page } = await openTurn(scenario, 'change them', { home, width: 1600 })
  const cards = page.locator('[data-item]').filter({ hasText: 'Edited' })
  const lines = page.locator('[data-kind]:not([data-item]):not([data-key])')

  const files = cards.nth(0)
  if ((await files.getByRole('button').first().getAttribute('aria-expanded')) === 'false')
    await files.getByRole('button').first().click()
  await expect(files).toContainText(/old\.txt → moved\.txt\s*renamed/)
  await expect(files).toContainText(/gone\.txt\s*deleted.*The file was deleted\./s)
  await expect(files).toContainText(/small\.txt\s*new/)
  const folded = files.getByRole('button', { name: '42 unchanged lines' })
  await expect(files.getByText('line 20', { exact: true })).toHaveCount(0)
  await folded.focus()
  await page.keyboard.press('Enter')
  await expect(files.getByText('line 20', { exact: true })).toHaveCount(1)
  await expect(folded).toHaveCount(0)
  await files.getByRole('button', { name: 'Show fewer lines' }).click()
  await expect(folded).toBeVisible()
  // The same where it stands side by side, by one button for all files.
  await files.getByRole('button', { name: 'Side by side' }).click()
  await folded.click()
  await expect(files.getByText('line 20', { exact: true })).toHaveCount(2)
  expect(await violationsOf(page, { within: 'main' })).toEqual([])

  const long = cards.nth(1)
  await long.scrollIntoViewIfNeeded()
  if ((await long.getByRole('button').first().getAttribute('aria-expanded')) === 'false')
    await long.getByRole('button').first().click()
  const drawn = long.locator(lines)
  await expect(drawn).toHaveCount(40)
  await long.getByRole('button', { name: /^Show more, 19,960\slines to go$/ }).click()
  await expect(drawn).toHaveCount(540)
  await expect(drawn.last()).toHaveText(exactly(540))

  // A word far inside of it is gone to, and only its piece is drawn for that.
  await page.keyboard.press('/')
  // At once: each letter that is typed goes to a place of its own, and opens it.
  await page.locator('[data-find]').fill('line 15123')
  await expect(page.getByRole('search')).toContainText('1 of 1')
  await expect(long.getByText('line 15123', { exact: true })).toBeInViewport()
  await expect(drawn).toHaveCount(1_040)
  await expect(long.getByRole('button', { name: /^\d[\d,]+\slines$/ })).toBeVisible()
})
