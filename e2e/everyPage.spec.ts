import type { Locator } from '@playwright/test'
import type { Session } from '../contract/domain/session.ts'
import { violationsOf } from './axe.ts'
import { closePage, expect, test, themes } from './everyPage/gallery.ts'
import {
  findCutOff,
  findHiddenEntries,
  findInvisibleFocus,
  findLopsided,
  findMotion,
} from './everyPage/layoutProblems.ts'
import { findNameless } from './everyPage/namelessControls.ts'
import { pages, type ShownPage } from './everyPage/pages.ts'
import { sample } from './everyPage/sampleConversations.ts'
import { scenes } from './everyPage/scenes.ts'
import { findSmallTargets } from './everyPage/smallTargets.ts'
import type { OtherAnswers } from './everyPage/stillLife.ts'
import { findUntold } from './everyPage/untoldControls.ts'

/** Where nothing floats above: there the controls below have no focus. */
const untoldOn = new Set(['Live', 'Sessions', 'Starred', 'Session', 'Inspector', 'Account', 'Usage', 'Settings'])

for (const shown of pages) {
  test(`everybody can use it: ${shown.name}`, async ({ gallery }) => {
    const page = await gallery.show(shown, { reducedMotion: 'reduce' })
    expect(await page.evaluate(findMotion)).toEqual([])
    expect(await findNameless(page)).toEqual([])
    expect(await violationsOf(page)).toEqual([])
    // The focus is shown to those who use keys.
    await page.keyboard.press('Shift')
    expect(await page.evaluate(findInvisibleFocus)).toEqual([])
    await page.setViewportSize({ width: 3840, height: 2160 })
    await expect.poll(() => page.evaluate(findCutOff), 'in a large window').toEqual([])
    await expect.poll(() => page.evaluate(findLopsided), 'in a large window').toEqual([])
    await closePage(page)

    const small = await gallery.show(shown, { viewport: { width: 320, height: 800 }, deviceScaleFactor: 2 })
    expect({ in: 'a narrow window', found: await small.evaluate(findCutOff) }).toMatchObject({ found: [] })
    // A window of 1440 by 900 at 200 %.
    await small.setViewportSize({ width: 720, height: 450 })
    expect({ in: 'twice the size', found: await small.evaluate(findCutOff) }).toMatchObject({ found: [] })
    if (!(await small.getByRole('dialog').count()))
      await expect.poll(() => small.evaluate(findHiddenEntries)).toEqual([])
    await closePage(small)
  })
}

for (const scene of scenes) {
  test(`everybody can use it: ${scene.name}`, async ({ gallery }) => {
    const page = await gallery.show(scene, { reducedMotion: 'reduce' })
    for (const { name, isSamePage, open, leave } of scene.states) {
      if (isSamePage) continue
      await open(page)
      const problems = { nameless: await findNameless(page), violations: await violationsOf(page) }
      expect.soft({ name, ...problems }).toEqual({ name, nameless: [], violations: [] })
      await leave?.(page)
    }
    await closePage(page)
  })
}

for (const shown of pages.filter(({ name }) => untoldOn.has(name))) {
  test(`every control says what it is, and its key: ${shown.name}`, async ({ gallery }) => {
    const page = await gallery.show(shown)
    expect(await findUntold(page)).toEqual([])
    await closePage(page)
  })
}

for (const shown of pages) {
  test(`a finger hits what it aims at: ${shown.name}`, async ({ gallery }) => {
    for (const width of [390, 1024]) {
      const page = await gallery.show(shown, { hasTouch: true, isMobile: true, viewport: { width, height: 844 } })
      expect(await page.evaluate(() => matchMedia('(pointer: coarse)').matches)).toBe(true)
      const found = { small: await findSmallTargets(page), cutOff: await page.evaluate(findCutOff) }
      expect({ width, ...found }).toEqual({ width, small: [], cutOff: [] })
      await closePage(page)
    }
  })
}

test('a finger hits what it aims at: menus, and the boxes of a list', async ({ gallery }) => {
  const touch = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } }
  const page = await gallery.show(pages.find(({ name }) => name === 'Session') as ShownPage, touch)
  await page.getByRole('button', { name: 'More', exact: true }).last().tap()
  await expect(page.getByRole('menuitem', { name: 'Export…' })).toBeVisible()
  expect(await findSmallTargets(page.getByRole('menu'))).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Actions for this turn' }).first().tap()
  await expect(page.getByRole('menuitem', { name: /Copy link/ })).toBeVisible()
  expect(await findSmallTargets(page.getByRole('menu'))).toEqual([])
  await closePage(page)

  const list = await gallery.show(pages.find(({ name }) => name === 'Sessions') as ShownPage, touch)
  await list.keyboard.press('j')
  await list.keyboard.press('x')
  await expect(list.getByRole('checkbox', { name: /^Select/ })).toHaveCount(3)
  expect(await findSmallTargets(list)).toEqual([])
  await closePage(list)
})

test('a large window is used: for the list, for the conversation and for both sides of a diff', async ({ gallery }) => {
  const shown = pages.find(({ name }) => name === 'Session') as ShownPage
  const page = await gallery.show(shown, { viewport: { width: 1440, height: 900 } })
  const measure = () =>
    page.evaluate(() => {
      const width = (selector: string) => document.querySelector(selector)?.getBoundingClientRect().width ?? 0
      return { list: width('[data-pane="list"]'), prompt: width('[data-kind="prompt"]') }
    })
  const edited = page.locator('[data-item]').filter({ hasText: 'Edited' }).first()
  if ((await edited.getByRole('button').first().getAttribute('aria-expanded')) === 'false')
    await edited.getByRole('button').first().click()
  const sides = edited.getByRole('button', { name: 'Side by side' }).first()
  await expect(sides).toHaveAttribute('aria-pressed', 'false')
  const before = await measure()
  await page.setViewportSize({ width: 3840, height: 2160 })
  await expect(sides).toHaveAttribute('aria-pressed', 'true')
  const after = await measure()
  expect(after.list).toBeGreaterThan(1.5 * before.list)
  expect(after.prompt).toBeGreaterThan(2 * before.prompt)
  // What was chosen holds, however much room there is.
  await sides.click()
  await expect(sides).toHaveAttribute('aria-pressed', 'false')
  await page.reload()
  await expect(sides).toHaveAttribute('aria-pressed', 'false')
  await closePage(page)
})

test('who touches finds the menu of each row, large enough and inside of the window', async ({ gallery }) => {
  const shown = pages.find(({ name }) => name === 'Session') as ShownPage
  const page = await gallery.show(shown, { hasTouch: true, isMobile: true, viewport: { width: 320, height: 800 } })
  expect(await page.evaluate(() => matchMedia('(hover: none)').matches)).toBe(true)
  const menus = page.getByRole('button', { name: /^Actions for this/ })
  const boxes = await menus.evaluateAll((all) =>
    all.map((menu) => {
      const { width, height, right } = menu.getBoundingClientRect()
      return {
        isLarge: width >= 24 && height >= 24,
        isInside: right <= innerWidth,
        seen: getComputedStyle(menu).opacity,
      }
    }),
  )
  expect(boxes.length).toBeGreaterThan(2)
  expect(new Set(boxes.map((box) => JSON.stringify(box)))).toEqual(
    new Set([JSON.stringify({ isLarge: true, isInside: true, seen: '1' })]),
  )
  expect(await violationsOf(page, { rules: ['target-size'] })).toEqual([])
  await menus.last().tap()
  await expect(page.getByRole('menuitem', { name: /Copy link/ })).toBeVisible()
  await closePage(page)
})

test('a name without a break stays in its place', async ({ gallery }) => {
  const name = 'aNameWithoutABreak'.repeat(12)
  const longNamed = (session: Session): Session =>
    session.id === sample.main.sessionId
      ? { ...session, title: name, cwd: `/home/ada/${name}`, model: name, tags: [name.slice(0, 40)], note: name }
      : session
  const others: OtherAnswers = {
    'session/list': (page) => ({ ...page, sessions: page.sessions.map(longNamed) }),
    'session/read': (read) => ({ ...read, session: longNamed(read.session) }),
    'usage/read': (usage) => ({ ...usage, rows: usage.rows.map((row) => ({ ...row, model: name })) }),
  }
  for (const shown of pages.filter(({ name }) => ['Live', 'Session', 'Inspector', 'Usage', 'Export'].includes(name))) {
    const page = await gallery.show({ ...shown, others }, { viewport: { width: 320, height: 800 } })
    expect.soft({ on: shown.name, found: await page.evaluate(findCutOff) }).toEqual({ on: shown.name, found: [] })
    await closePage(page)
  }
})

test('with the colours of the system alone, what is chosen and what is drawn still show', async ({ gallery }) => {
  // How much of it shines through is not asked: on its own ground it would not be seen.
  const fillOf = (what: Locator) =>
    what.evaluate((element) =>
      getComputedStyle(element)
        .backgroundColor.match(/[\d.]+/g)
        ?.slice(0, 3)
        .join(),
    )
  for (const colorScheme of themes) {
    const shown = pages.find(({ name }) => name === 'Search') as ShownPage
    const page = await gallery.show(shown, { forcedColors: 'active', colorScheme })
    const canvas = await fillOf(page.locator('body'))
    await expect.poll(() => fillOf(page.locator('[role=option][aria-selected=true]'))).not.toBe(canvas)
    await page.keyboard.press('Escape')
    expect(await fillOf(page.locator('nav a[aria-current]'))).not.toBe(canvas)
    const track = page.getByLabel('Plan limits').locator('dd[aria-hidden]').first()
    expect(await fillOf(track.locator('span'))).not.toBe(canvas)
    await closePage(page)
  }
})

test('the checks find what is wrong', async ({ gallery }) => {
  const context = await gallery.browser.newContext({ viewport: { width: 320, height: 300 } })
  const page = await context.newPage()
  await page.setContent(`
    <style>
      * { outline: none !important }
      .box { width: 100px; height: 40px; overflow: hidden; white-space: nowrap }
      #moving { animation: move 9s infinite }
      @keyframes move { to { color: red } }
    </style>
    <div class="box"><span>text that is longer than its box</span></div>
    <div class="box" style="text-overflow: ellipsis">text that says that it goes on</div>
    <div class="box" style="overflow: auto">text that can be scrolled to its end</div>
    <div class="box"><p>high</p><button>below</button></div>
    <div style="width: 400px" id="moving">wide</div>
    <button></button>`)
  await page.keyboard.press('Shift')
  expect(await page.evaluate(findCutOff)).toEqual([
    'the page scrolls sideways',
    expect.stringMatching(/^cut off sideways: span “text that is longer/),
    expect.stringMatching(/^cut off above or below: button “below”/),
    expect.stringMatching(/^outside the window sideways: div “wide”/),
  ])
  expect(await page.evaluate(findInvisibleFocus)).toHaveLength(2)
  expect(await page.evaluate(findMotion)).toEqual([expect.stringContaining('move of DIV')])
  expect(await findNameless(page)).toEqual([expect.stringContaining('button')])
  expect(await findSmallTargets(page)).toContainEqual(expect.stringContaining('button “below”'))
  await context.close()
})
