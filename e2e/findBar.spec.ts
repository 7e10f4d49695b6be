import type { Page } from '@playwright/test'
import type { Item, ToolCall } from '../contract/domain/turn.ts'
import { violationsOf } from './axe.ts'
import { answer, base, call, fillItems, longSessionId } from './longSession.ts'
import { expect, test } from './pageStage.ts'

const findBar = (page: Page) => page.getByRole('search', { name: 'Find in this conversation' })
const numbered = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `line ${from + at}`)

const json = JSON.stringify({ beds: [{ name: 'rose', size: 3 }], note: `a ${'long '.repeat(40)}rose` })
const linked = JSON.stringify({
  type: 'resource_link',
  uri: 'https://a.example/rose',
  name: 'Rose',
  description: 'a rose',
})
const parts = (...texts: string[]) => {
  let start = 0
  return texts.map((text) => {
    const part = { start, end: start + text.length }
    start = part.end
    return part
  })
}
const uses = (id: string, name: string, input: object, change: Partial<ToolCall> = {}): Item => ({
  ...call(id, '', ''),
  name,
  input: JSON.stringify(input),
  commands: [],
  ...change,
})

/** One of each kind, each of which says it so often. */
const garden: [count: number, item: Item][] = [
  [2, { ...base('thought'), type: 'reasoning', text: '**A rose**\n\nIt is a *rose*.', encrypted: false }],
  [
    6,
    answer(
      'prose',
      'A **ro**se, a **bold**\nword, [rose](https://a.example/rose).\n\n| rose | red |\n| - | - |\n| `rose` | a |\n\n```js\nconst rose = 1 // rose\n```',
    ),
  ],
  [1, call('short', 'pick rose', 'none')],
  [1, call('wide', `pick ${'tulip '.repeat(80)} rose`, 'none')],
  [2, { ...call('several', '', 'none'), commands: ['pick rose', 'cut rose'] }],
  [2, call('output', 'ls', ['rose', ...numbered(0, 60), 'a \u001b[31mro\u001b[0mse', ...numbered(60, 90)].join('\n'))],
  [
    4,
    {
      ...call('diff', '', 'done'),
      name: 'apply_patch',
      commands: [],
      patch: `*** Begin Patch\n*** Update File: rose.txt\n@@ rose\n same\n-red rose\n+a rose\n*** End Patch`,
    },
  ],
  [
    3,
    {
      ...call('program', '', 'rose'),
      name: 'exec',
      input: 'await tools.exec_command({cmd: "pick rose"})',
      commands: ['pick rose'],
    },
  ],
  [
    2,
    uses('plan', 'update_plan', { plan: [{ step: 'Find a rose', status: 'completed' }], explanation: 'For the rose' }),
  ],
  [2, uses('web', 'web_search', { query: 'rose', url: 'https://a.example/rose' }, { output: null })],
  [1, uses('typed', 'write_stdin', { session_id: 7, chars: 'rose\n' })],
  [5, uses('mcp', 'mcp__garden__rose', { q: 'rose' }, { output: `${json}a rose`, parts: parts(json, 'a rose') })],
  [3, uses('link', 'mcp__garden__find', {}, { output: linked, parts: parts(linked) })],
  [2, uses('other', 'rose_tool', { q: 'rose' })],
  [1, { ...base('error'), type: 'error', code: 'server_error', message: 'No rose is left' }],
  [2, { ...base('unknown'), type: 'unknown', label: 'rose_item', raw: { kind: 'rose' } }],
]

/** What is marked as the one that was gone to: where it is, what it says, and whether people see all of it. */
function currentHit(page: Page) {
  return page.evaluate(() => {
    const [range] = CSS.highlights.get('conversation-current-hit') ?? []
    if (!(range instanceof Range)) return null
    const box = range.startContainer.parentElement as HTMLElement
    const { left, top, right, bottom } = range.getBoundingClientRect()
    const middle = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
    const walked = document.createTreeWalker(box.closest('[data-item]') as Node, NodeFilter.SHOW_TEXT)
    let before = range.startOffset
    for (let node = walked.nextNode(); node && node !== range.startContainer; node = walked.nextNode()) {
      before += node.nodeValue?.length ?? 0
    }
    return {
      place: `${box.closest<HTMLElement>('[data-item]')?.dataset.item} ${before}`,
      text: String(range).toLowerCase(),
      isSeen: middle !== null && (box.contains(middle) || middle.contains(box)) && right - left > 8,
    }
  })
}

/** Types all of a text at once and asks for steps before anything was looked for: no hand is as fast, but a page may be as slow. */
function typeAndStep(page: Page, text: string, steps: number) {
  return findBar(page)
    .getByRole('textbox')
    .evaluate(
      async (field, { text, steps }) => {
        const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value') as PropertyDescriptor
        set?.call(field, text)
        field.dispatchEvent(new Event('input', { bubbles: true }))
        for (let step = 0; step < steps; step += 1) {
          await Promise.resolve()
          field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
        }
        // What is there now may not last.
        for (let frame = 0; frame < 10; frame += 1) await new Promise(requestAnimationFrame)
      },
      { text, steps },
    )
}

test('each hit that is counted is gone to and marked in its place, whatever shows it and whatever hides it', async ({
  openFilled,
}) => {
  const items = garden.map(([, item]) => item)
  const { server, page } = await openFilled((home) => fillItems(home, items))
  await page.goto(`${new URL(server.ui).origin}/#/session/${longSessionId}`)
  await expect(page.locator('[data-item="thought"]')).toBeVisible()
  await page.keyboard.press('/')

  await page.keyboard.type('bold word, rose.')
  await expect(findBar(page)).toContainText('1 of 1')
  await expect.poll(async () => (await currentHit(page))?.isSeen).toBe(true)
  await page.keyboard.press('Control+a')
  await page.keyboard.type('**bold')
  await expect(findBar(page)).toContainText('None')

  await page.keyboard.press('Control+a')
  await page.keyboard.type('ROSE')
  const count = garden.reduce((sum, [count]) => sum + count, 0)
  const places: string[] = []
  for (let at = 1; at <= count; at += 1) {
    await expect(findBar(page)).toContainText(`${at} of ${count}`)
    await expect.poll(() => currentHit(page), { message: `hit ${at}` }).toMatchObject({ text: 'rose', isSeen: true })
    places.push((await currentHit(page))?.place ?? '')
    await page.keyboard.press('Enter')
  }
  expect(new Set(places).size).toBe(count)
  const byItem = garden.map(([, { id }]) => [id, places.filter((place) => place.startsWith(`${id} `)).length])
  expect(byItem).toEqual(garden.map(([count, { id }]) => [id, count]))
  await typeAndStep(page, 'rose', 2)
  await expect(findBar(page)).toContainText(`3 of ${count}`)
  // All of it is on the page now, and exactly that is marked.
  await page.setViewportSize({ width: 1440, height: 6_000 })
  await expect.poll(() => page.evaluate(() => CSS.highlights.get('conversation-hit')?.size)).toBe(count)
  expect(await violationsOf(page, { within: 'main' })).toEqual([])
})
