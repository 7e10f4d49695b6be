import { expect, test } from './pageStage.ts'

for (const reducedMotion of ['no-preference', 'reduce'] as const) {
  test(`a check that takes long shows a ring, and not before 150 ms (${reducedMotion})`, async ({
    makeHome,
    startServer,
    openPage,
  }) => {
    const page = await openPage(await startServer(makeHome()))
    await page.emulateMedia({ reducedMotion })
    let answer = () => {}
    const isAnswered = new Promise<void>((resolve) => {
      answer = resolve
    })
    await page.route('**/api/app/doctor', async (route) => {
      await isAnswered
      await route.continue()
    })
    await page.keyboard.press('Control+,')
    const button = page.getByRole('button', { name: 'Check now' })
    await button.click()
    await expect(button).toHaveAttribute('aria-busy', 'true')
    // What it looks like at these moments, however fast this machine is.
    const look = await button.locator('svg').evaluate((ring) => {
      const animations = ring.getAnimations()
      const at = (ms: number) => {
        for (const animation of animations) {
          animation.pause()
          animation.currentTime = ms
        }
        const { opacity, width } = getComputedStyle(ring)
        return { isSeen: opacity === '1', hasRoom: width !== '0px' }
      }
      const [early, late] = [at(149), at(160)]
      for (const animation of animations) animation.play()
      return { early, late }
    })
    expect(look).toEqual({ early: { isSeen: false, hasRoom: false }, late: { isSeen: true, hasRoom: true } })
    answer()
    await expect(page.getByRole('button', { name: 'Check again' })).toHaveAttribute('aria-busy', 'false')
  })
}
