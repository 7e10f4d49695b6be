import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { png } from '../main/capture/samplePictures.ts'
import { shortcutGroups } from '../renderer/shell/shortcutGroups.ts'
import { expect, test } from './demo/demoStage.ts'
import { account } from './everyKey/account.ts'
import { conversation } from './everyKey/conversation.ts'
import { everywhere } from './everyKey/everywhere.ts'
import { goTo } from './everyKey/goTo.ts'
import { inspector } from './everyKey/inspector.ts'
import { list } from './everyKey/list.ts'
import { live } from './everyKey/live.ts'
import { picture, twoPictures } from './everyKey/picture.ts'
import { searchAndFilter } from './everyKey/searchAndFilter.ts'
import { type Checks, namesForBrowser, openAnew, type Stage } from './everyKey/stage.ts'
import { usage } from './everyKey/usage.ts'
import { codexExec } from './tapedeck.ts'

/**
 * Presses every key of the map where it applies, and looks at what it does. What leads there is done by keys too. A row or a key
 * that the map has and these tables have not, or the other way round, fails.
 */
const checks: Record<string, Checks> = {
  Everywhere: everywhere,
  'Go to': goTo,
  'Search and filter': searchAndFilter,
  List: list,
  Conversation: conversation,
  Live: live,
  Usage: usage,
  Account: account,
  Inspector: inspector,
  Picture: picture,
}

// One after the other, so that the demo is played once.
test.describe.configure({ mode: 'default' })

test('every key of the map is tried here, and none that the map does not have', () => {
  const ofMap = shortcutGroups.flatMap(({ title, rows }) =>
    rows.flatMap(([what, keys]) => keys.map((key) => `${title}: ${what}: ${key}`)),
  )
  const ofTables = Object.entries(checks).flatMap(([title, rows]) =>
    Object.entries(rows).flatMap(([what, keys]) => Object.keys(keys).map((key) => `${title}: ${what}: ${key}`)),
  )
  expect(ofTables.sort()).toEqual(ofMap.sort())
})

test.beforeAll(async ({ demo: { home } }) => {
  for (const [name, base64] of [
    ['wide.png', png(1_600, 400)],
    ['small.png', png(64, 40)],
  ] as const) {
    writeFileSync(join(home.cwd, name), Buffer.from(base64, 'base64'))
  }
  await codexExec(home, twoPictures, '-i', 'wide.png', '-i', 'small.png')
})

for (const { title, rows } of shortcutGroups) {
  test(`keys of the map: ${title}`, async ({ demo, openPage }) => {
    const server = await demo.enter()
    const page = await openPage(server)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    const { sessions } = await server.call('session/list', {})
    for (const [what, keys] of rows) {
      for (const key of keys) {
        let presses = 0
        const type: Stage['type'] = async (...names) => {
          for (const name of names) await page.keyboard.press(name)
        }
        const stage: Stage = {
          page,
          server,
          type,
          async press() {
            presses += 1
            await type(...namesForBrowser(key))
          },
          open: (route) => openAnew(page, server, route),
          session: (prompt) => `/session/${sessions.find((session) => session.title.includes(prompt))?.id}`,
        }
        await test.step(`${what}: ${key}`, async () => {
          await checks[title]?.[what]?.[key]?.(stage)
          expect(presses, `${title}, ${what}: ${key} is pressed`).toBeGreaterThan(0)
        })
      }
    }
  })
}
