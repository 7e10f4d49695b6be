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

test('while an answer to a search is on its way, of all that is typed the last is asked alone, and is what is shown', async ({
  openRecorded,
}) => {
  const { page } = await openRecorded(['a marimba and a xylophone'])
  const asked: string[] = []
  const answers: (() => void)[] = []
  await page.route('**/api/search/query', async (route) => {
    asked.push(route.request().postDataJSON().query)
    await new Promise<void>((resolve) => answers.push(resolve))
    await route.continue()
  })
  await page.keyboard.press('Control+k')
  const box = page.getByRole('combobox', { name: 'Search everything' })
  await box.pressSequentially('marimba')
  await expect.poll(() => asked).toEqual(['m'])
  answers.shift()?.()
  await expect.poll(() => asked).toEqual(['m', 'marimba'])
  await box.fill('xylophone')
  answers.shift()?.()
  await expect.poll(() => asked).toEqual(['m', 'marimba', 'xylophone'])
  answers.shift()?.()
  await expect(page.getByRole('option', { name: /a marimba and a xylophone/ }).first()).toBeVisible()
  await expect(page.locator('#palette-list mark').first()).toHaveText('xylophone')
  // What is not to be asked any more ends it; what comes after that is asked at once.
  await box.fill('')
  await box.fill('m')
  await expect.poll(() => asked).toEqual(['m', 'marimba', 'xylophone', 'm'])
  answers.shift()?.()
  await expect(page.locator('#palette-list mark').first()).toHaveText('m')
})
