import { once } from 'node:events'
import { readFileSync, statSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { violationsOf } from './axe.ts'
import { launchBrowser } from './browser.ts'
import { answer, run, say } from './fakeOpenAi/scenario.ts'
import { expect, test } from './pageStage.ts'
import { codexExec, readOnlySession, tapedeck } from './tapedeck.ts'

const key = `sk-proj-${'4f9c1d7ab02e86355d90c8fa'}`
const secrets = [key, 'hunter2-and-more', '/home/jane']

/** A conversation with a key in a prompt, a password in a command's output and a home folder in an answer. */
test.beforeEach(({ fake }) => {
  fake.scenario = ({ step }) =>
    step === 1
      ? answer(run('echo "password=hunter2-and-more"'))
      : answer(say(`**Stored** the key ${key} under /home/jane/src.`))
})

const dialog = (page: Page) => page.getByRole('dialog')

async function save(page: Page, format: string): Promise<{ name: string; text: string }> {
  await page.keyboard.press('Control+e')
  await dialog(page)
    .getByRole('radio', { name: new RegExp(format) })
    .click()
  const download = page.waitForEvent('download')
  await dialog(page).getByRole('button', { name: /Save/ }).click()
  const file = await download
  // It says what was saved where it was asked for, to those who listen too.
  const said = dialog(page).getByRole('status').filter({ hasText: 'Saved' })
  await expect(said).toContainText(`Saved ${file.suggestedFilename()} · `)
  await expect(said).toContainText(/Masked: .*API key/)
  expect(await violationsOf(page)).toEqual([])
  await dialog(page).getByRole('button', { name: 'Close', exact: true }).last().click()
  await expect(dialog(page)).toBeHidden()
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') }
}

test('a session is exported in each format, masked, after a look at what is masked', async ({ openRecorded }) => {
  const { page } = await openRecorded([`keep ${key} for me`])
  await page.getByRole('link', { name: /keep sk-proj/ }).click()
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Export…' }).click()
  await expect(dialog(page).getByRole('cell', { name: 'sk-…c8fa' })).toBeVisible()
  await expect(dialog(page).getByRole('cell', { name: 'Password or token' })).toBeVisible()
  const shown = await dialog(page).innerText()
  expect(secrets.filter((secret) => shown.includes(secret))).toEqual([])
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Escape')

  for (const [format, extension] of [
    ['Web page', 'html'],
    ['Markdown', 'md'],
    ['JSON lines', 'jsonl'],
    ['HAR', 'har'],
  ] as const) {
    const { name, text } = await save(page, format)
    expect(name).toBe(`keep-sk-c8fa-for-me.${extension}`)
    expect([format, ...secrets.filter((secret) => text.includes(secret))]).toEqual([format])
    expect(text).toContain('sk-…c8fa')
  }
})

test('the exported page can be read and is accessible without scripts, in both themes, narrow and on paper', async ({
  makeHome,
  startServer,
  browser,
}) => {
  const home = makeHome()
  await startServer(home)
  await codexExec(home, 'look <b>here</b>')
  const { session } = await readOnlySession(home)
  const file = join(home.cwd, 'session.html')
  const { code, stderr } = await tapedeck(home, ['export', session.id, '--format', 'html', '-o', file])
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('Masked: ') })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ colorScheme, viewport: { width: 320, height: 800 } })
    const page = await context.newPage()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.goto(`file://${file}`)
    await expect(page.getByText('look <b>here</b>').first()).toBeVisible()
    await expect(page.locator('strong', { hasText: 'Stored' })).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0)
    expect(asked).toEqual([`file://${file}`])
    // What checks the page is a script, which the page's own policy would keep out.
    const checked = await browser.newContext({ colorScheme, bypassCSP: true })
    const copy = await checked.newPage()
    await copy.goto(`file://${file}`)
    expect(await violationsOf(copy)).toEqual([])
  }
})

test('the command line exports several sessions, masked unless told otherwise', async ({ makeHome }) => {
  const home = makeHome()
  await codexExec(home, 'first')
  await codexExec(home, 'second')
  const { sessions } = JSON.parse((await tapedeck(home, ['sessions', '--json'])).stdout)
  const ids = sessions.map(({ id }: { id: string }) => id)
  const masked = await tapedeck(home, ['export', ...ids, '--format', 'jsonl'])
  expect(secrets.filter((secret) => masked.stdout.includes(secret))).toEqual([])
  expect(masked.stdout.trimEnd().split('\n')).toHaveLength(4)
  expect(masked.stderr).toMatch(/Masked: .*API key/)
  const plain = await tapedeck(home, ['export', ...ids, '--format', 'markdown', '--no-mask'])
  expect(secrets.filter((secret) => plain.stdout.includes(secret))).toEqual(secrets)
  const wrong = await tapedeck(home, ['export', 'nowhere', '--format', 'har'])
  expect(wrong).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('There is no session nowhere') })
})

test('the network panel of a browser’s dev tools opens the HAR, with the messages of its WebSocket', async ({
  fake,
  makeHome,
  browser,
}) => {
  const home = makeHome()
  await codexExec(home, 'over a socket')
  fake.webSocket = 426
  await codexExec(home, 'as events')
  const { sessions } = JSON.parse((await tapedeck(home, ['sessions', '--json'])).stdout)
  const file = join(home.cwd, 'all.har')
  await tapedeck(home, ['export', ...sessions.map(({ id }: { id: string }) => id), '--format', 'har', '-o', file])

  const port = await findFreePort()
  const inspected = await launchBrowser([`--remote-debugging-port=${port}`, '--remote-allow-origins=*'])
  try {
    const target = await inspected.newPage()
    const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as { id: string; type: string }[]
    const id = targets.find(({ type }) => type === 'page')?.id
    const page = await (await browser.newContext({ viewport: { width: 1600, height: 900 } })).newPage()
    const frontend = `http://127.0.0.1:${port}/devtools/inspector.html`
    const answered = await page.goto(`${frontend}?ws=127.0.0.1:${port}/devtools/page/${id}&panel=network`)
    test.skip(answered?.status() !== 200, 'This browser comes without its dev tools.')
    // It takes most of the window for a picture of the page that is inspected.
    await page
      .getByRole('button', { name: /screencast/i })
      .first()
      .click()
    const chosen = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: /import HAR/i }).click()
    await (await chosen).setFiles(file)
    const rows = page.locator('tr', { hasText: 'responses' })
    await expect.poll(() => rows.count()).toBeGreaterThanOrEqual(4)
    await rows.filter({ hasText: 'websocket' }).last().getByText('responses').click()
    await page.getByRole('tab', { name: 'Messages' }).click()
    await expect(page.getByText(/response\.create"?/).first()).toBeVisible()
    await expect(page.getByText(/response\.completed/).first()).toBeVisible()
    await target.close()
  } finally {
    await inspected.close()
  }
})

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
