import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CodexHome } from './codexHome.ts'
import { answer, say } from './fakeOpenAi/scenario.ts'
import { test as base, expect } from './pageStage.ts'
import { codexExec, readSessions, tapedeck } from './tapedeck.ts'

/** A disk of 3 MB where a home has its data folder, gone with the test. */
const test = base.extend<{ mountDisk(home: CodexHome): Disk }>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads from the pattern what a fixture needs
  mountDisk: async ({}, use) => {
    const mounted: string[] = []
    await use((home) => {
      const folder = String(home.env.TAPEDECK_HOME)
      mkdirSync(folder, { recursive: true })
      // Where its stand-in goes, so that this is gone with the home.
      home.env.TMPDIR = String(home.env.HOME)
      const problem = mount('-t', 'tmpfs', '-o', 'size=3m', 'tapedeck-test', folder)
      base.skip(problem !== null, `No disk can be mounted here: ${problem}`)
      mounted.push(folder)
      return { folder, fill: () => fill(folder), makeReadOnly: () => remount(folder) }
    })
    // A Tapedeck that a failed test left running holds it.
    for (const folder of mounted) execFileSync('umount', ['--lazy', folder])
  },
})

interface Disk {
  folder: string
  fill(): void
  makeReadOnly(): void
}

function mount(...args: string[]): string | null {
  try {
    execFileSync('mount', args, { stdio: 'pipe' })
    return null
  } catch (error) {
    return String(error)
  }
}

function remount(folder: string): void {
  const problem = mount('-o', 'remount,ro', folder)
  if (problem !== null) throw new Error(problem)
}

function fill(folder: string): void {
  for (let bytes = 1024 * 1024, n = 0; bytes >= 4096; n++) {
    try {
      writeFileSync(join(folder, `filling-${n}`), Buffer.alloc(bytes))
    } catch {
      rmSync(join(folder, `filling-${n}`), { force: true })
      bytes /= 2
    }
  }
}

for (const [name, refuse, why, cure] of [
  ['full', (disk: Disk) => disk.fill(), 'its disk is full', 'Make room there'],
  ['read-only', (disk: Disk) => disk.makeReadOnly(), 'its disk is read-only', 'Mount it for writing'],
] as const) {
  test(`a ${name} disk: codex goes on and is counted, and what was recorded before can be read`, async ({
    fake,
    makeHome,
    mountDisk,
    startServer,
    openPage,
  }) => {
    fake.scenario = () => answer(say('Done.'))
    const home = makeHome()
    const disk = mountDisk(home)
    await codexExec(home, 'before')
    refuse(disk)

    const alone = await codexExec(home, 'alone')
    expect(alone).toMatchObject({ code: 0, stdout: expect.stringContaining('Done.') })
    expect(alone.stderr).toContain(`tapedeck: Nothing can be written into ${disk.folder}: ${why}.`)
    const hidden = await tapedeck(home, [
      'codex',
      '--private',
      'exec',
      '--dangerously-bypass-approvals-and-sandbox',
      'x',
    ])
    expect(hidden).toMatchObject({ code: 0, stdout: expect.stringContaining('Done.') })
    expect((await readSessions(home)).map(({ title }) => title)).toEqual(['before'])
    const doctor = await tapedeck(home, ['doctor'])
    expect(doctor.stdout).toMatch(new RegExp(`^✗ Data folder +Nothing can be written into .*: ${why}\\..*${cure}`, 'm'))
    expect(doctor.stdout).toMatch(/^✓ Archive +can be read/m)

    const server = await startServer(home)
    await codexExec(home, 'beside')
    const { stdout } = await tapedeck(home, ['status'])
    expect(stdout).toContain('Running.')
    expect(stdout).toContain(`: ${why}.`)
    expect(stdout).toMatch(/^Recorded 0 of \d+ exchanges\.\nMissed \d+ that could not be written to the disk\.$/m)
    const page = await openPage(server)
    await expect(page.getByRole('status').filter({ hasText: why })).toContainText(cure)
    await expect(page.getByRole('link', { name: /before/ })).toBeVisible()
    await server.stop()
  })
}

test('a disk that is full before the first start: codex goes on, and the next one shares its recorder', async ({
  fake,
  makeHome,
  mountDisk,
  startServer,
}) => {
  fake.scenario = () => answer(say('Done.'))
  const home = makeHome()
  mountDisk(home).fill()
  const server = await startServer(home)
  expect(await codexExec(home, 'one')).toMatchObject({ code: 0, stdout: expect.stringContaining('Done.') })
  const { total, missed } = await server.call('app/status', {})
  expect(total).toBeGreaterThan(0)
  expect(missed).toEqual({ storage: total })
})
