import { asStandIn, expect, test } from './desk/deskStage.ts'

/** The window is shut in: what the page may do, and what may speak to the application. docs/threat-model.md names these tests. */

test('only the top frame of our page may call the app', async ({ startWithTray }) => {
  const { desk } = await startWithTray()
  const own = { url: 'tapedeck-app://window/', isTop: true }
  expect(await desk.callFrom(own, 'app/status')).toMatchObject({ ok: true })
  for (const frame of [
    { ...own, isTop: false },
    { url: 'https://evil.example/', isTop: true },
    { url: 'tapedeck-app://window.evil.example/', isTop: true },
    { url: 'about:blank', isTop: true },
    { url: 'file:///tapedeck-app://window/', isTop: true },
  ]) {
    await expect(desk.callFrom(frame, 'app/status')).rejects.toThrow('Not for this page.')
  }
  const unknown = await desk.callFrom(own, '__proto__')
  expect(unknown).toMatchObject({ ok: false, error: { code: 'unknownMethod' } })
})

test('the page cannot leave itself, embed another, run what was not built with it, or reach the network', async ({
  startWithTray,
}) => {
  const { desk } = await startWithTray()
  const page = await desk.page()
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await page.evaluate(() => Object.assign(window, { isFirstLoad: true }))
  for (const address of ['https://example.com/', 'file:///etc/passwd', 'tapedeck-app://window/other']) {
    await page.evaluate((to) => void location.assign(to), address)
  }
  const outcome = await page.evaluate(async () => {
    const outside = await fetch('https://example.com/').then(
      () => 'reached',
      () => 'refused',
    )
    const script = document.createElement('script')
    script.textContent = 'window.isPwned = true'
    document.body.append(script)
    const frame = document.createElement('iframe')
    frame.src = 'https://example.com/'
    document.body.append(frame)
    const globals = ['require', 'process', 'ipcRenderer', 'module'].filter((name) => name in window)
    const isEvalRefused = await new Promise<boolean>((resolve) => {
      // Not at once: what a debugger runs may do more than the page.
      setTimeout(() => {
        try {
          resolve(new Function('return false')())
        } catch {
          resolve(true)
        }
      })
    })
    return {
      outside,
      isPwned: 'isPwned' in window,
      globals,
      isEvalRefused,
      bridge: Object.keys(Reflect.get(window, 'tapedeck') ?? {}),
    }
  })
  expect(outcome).toEqual({
    outside: 'refused',
    isPwned: false,
    globals: [],
    isEvalRefused: true,
    bridge: ['call', 'onNotify'],
  })
  expect(await page.evaluate(() => 'isFirstLoad' in window)).toBe(true)
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  expect(await desk.opened()).toEqual([])
})

test('of the disk the page gets what was built with it, under a strict policy', async ({ startWithTray }) => {
  const desk = asStandIn((await startWithTray()).desk)
  const index = await desk.fetch('tapedeck-app://window/')
  expect(index).toMatchObject({ status: 200 })
  const policy = index?.headers['content-security-policy'] ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toContain('unsafe-')
  for (const path of [
    '/../main/electron.js',
    '/%2e%2e/main/electron.js',
    '/..%2fmain%2felectron.js',
    '/..%5cmain%5celectron.js',
    '/%00',
    '/%',
    '//etc/passwd',
    '/nothing.js',
  ]) {
    expect({ path, status: (await desk.fetch(`tapedeck-app://window${path}`))?.status }).toEqual({
      path,
      status: 404,
    })
  }
  expect(await desk.fetch('tapedeck-app://other/')).toMatchObject({ status: 404 })
  for (const url of ['https://example.com/', 'http://127.0.0.1:1/', 'file:///etc/passwd', 'ws://127.0.0.1:1/']) {
    expect({ url, file: await desk.fetch(url) }).toEqual({ url, file: null })
  }
})

test('of all permissions the page has the one to copy a text', async ({ startWithTray }) => {
  const desk = asStandIn((await startWithTray()).desk)
  const own = 'tapedeck-app://window/'
  expect(await desk.askPermission('clipboard-sanitized-write', own, true)).toEqual([true, true])
  expect(await desk.askPermission('clipboard-sanitized-write', 'https://evil.example/', true)).toEqual([false, false])
  for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'usb', 'hid']) {
    expect({ permission, answers: await desk.askPermission(permission, own, true) }).toEqual({
      permission,
      answers: [false, false],
    })
  }
})
