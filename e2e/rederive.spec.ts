import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { violationsOf } from './axe.ts'
import { deriveSample, writeSample } from './everyPage/sampleArchive.ts'
import { expect, test } from './pageStage.ts'
import { tapedeck } from './tapedeck.ts'

test('an archive that is built again is there at once, says how far it is, and is whole when it is done', async ({
  makeHome,
  startServer,
  openPage,
}) => {
  const home = makeHome()
  const dataDir = home.env.TAPEDECK_HOME as string
  writeSample(dataDir)
  const server = await startServer(home)
  await deriveSample(server)
  const { sessions } = await server.call('session/list', {})
  const closeLog = fillLog(join(dataDir, 'archive.db'))
  const built = server.call('archive/rederive', {})

  const page = await openPage(server)
  await expect(page.getByRole('link', { name: /pnpm/ })).toBeVisible()
  const progress = page.getByRole('button', { name: 'Building again: 0 %' })
  await expect(progress).toBeVisible()
  await progress.click()
  await expect(page.getByRole('dialog', { name: 'Older sessions are being built again' })).toContainText(
    'Nothing is lost',
  )
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Escape')
  expect((await tapedeck(home, ['status'])).stdout).toContain('Older sessions are being built again')
  expect(JSON.parse((await tapedeck(home, ['status', '--json'])).stdout)).toMatchObject({ rederived: 0 })
  const { findings } = await server.call('app/doctor', {})
  expect(findings.find(({ check }) => check === 'Recorder')).toMatchObject({
    verdict: 'ok',
    message: expect.stringContaining('older sessions are being built again, 0 % done'),
  })

  closeLog()
  await built
  await expect(progress).toBeHidden()
  await expect(page.getByRole('link', { name: /pnpm/ })).toBeVisible()
  const after = await server.call('session/list', {})
  const plain = (list: typeof sessions) => list.map(({ seq: _, ...session }) => session)
  expect(plain(after.sessions)).toEqual(plain(sessions))
  expect((await tapedeck(home, ['status'])).stdout).not.toContain('built again')
})

/**
 * Somebody reads, and the write-ahead log has more in it than it is to have: nothing is built as long as that lasts. Returns what
 * ends it.
 */
function fillLog(path: string): () => void {
  const reader = new DatabaseSync(path, { readOnly: true })
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM session').get()
  const writer = new DatabaseSync(path)
  writer.exec("INSERT INTO setting VALUES ('large', hex(zeroblob(9000000))); DELETE FROM setting WHERE name = 'large'")
  writer.close()
  return () => reader.close()
}
