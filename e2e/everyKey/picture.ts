import { expect } from '../demo/demoStage.ts'
import { dialog } from './parts.ts'
import type { Check, Checks } from './stage.ts'
import { enterItems, openSession, walk } from './steps.ts'

/** Of a prompt that shows codex a picture after another. */
export const twoPictures = 'look at these two'

const openPicture: Check = async (stage) => {
  const { page, type } = stage
  await openSession(twoPictures)(stage)
  await enterItems(stage)
  await walk(page, 'Tab', page.getByRole('button', { name: 'Enlarge wide.png' }))
  await type('Enter')
  await expect(dialog(page, 'wide.png')).toContainText('1 of 2')
}

const zooms =
  (isLarger: boolean): Check =>
  async (stage) => {
    await openPicture(stage)
    const percent = async () => Number(/(\d+) %/.exec(await dialog(stage.page, 'wide.png').innerText())?.[1])
    await expect.poll(percent).toBeGreaterThan(0)
    const before = await percent()
    await stage.press()
    if (isLarger) await expect.poll(percent).toBeGreaterThan(before)
    else await expect.poll(percent).toBeLessThan(before)
  }

export const picture: Checks = {
  'Larger, smaller': { '+': zooms(true), '-': zooms(false) },
  'Actual size, or fit to the window': {
    '0': async (stage) => {
      await openPicture(stage)
      await expect(dialog(stage.page, 'wide.png')).not.toContainText('100 %')
      await stage.press()
      await expect(dialog(stage.page, 'wide.png')).toContainText('100 %')
    },
  },
  'Next, previous picture': {
    '→': async (stage) => {
      await openPicture(stage)
      await stage.press()
      await expect(stage.page.getByRole('dialog')).toContainText('2 of 2')
    },
    '←': async (stage) => {
      await openPicture(stage)
      await stage.type('ArrowRight')
      await expect(stage.page.getByRole('dialog')).toContainText('2 of 2')
      await stage.press()
      await expect(stage.page.getByRole('dialog')).toContainText('1 of 2')
    },
  },
}
