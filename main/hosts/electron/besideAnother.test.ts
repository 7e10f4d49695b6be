import { beforeEach, expect, test, vi } from 'vitest'
import type { Connection } from '../headless/connection.ts'
import { type BesideOptions, waitBeside } from './besideAnother.ts'
import { besideModel } from './besideModel.ts'
import type { TrayModel } from './trayModel.ts'

interface Box {
  answer(response: number): void
  signal: AbortSignal
}
const desktop = vi.hoisted(() => ({ opened: [] as string[], boxes: [] as Box[], quits: 0 }))
vi.mock('electron', () => ({
  app: { quit: () => (desktop.quits += 1) },
  shell: { openExternal: async (url: string) => desktop.opened.push(url) },
  dialog: {
    showMessageBox: ({ signal, cancelId }: { signal: AbortSignal; cancelId: number }) =>
      new Promise((resolve) => {
        const answer = (response: number) => resolve({ response })
        signal.addEventListener('abort', () => answer(cancelId))
        desktop.boxes.push({ answer, signal })
      }),
  },
}))

beforeEach(() => {
  desktop.opened = []
  desktop.boxes = []
  desktop.quits = 0
})

function recorder(apiPort: number, endsByItself: boolean) {
  const { promise: lost, resolve: end } = Promise.withResolvers<void>()
  const instance = { pid: 1, apiPort, apiToken: 'secret', proxyPort: 1, endsByItself }
  const connection = { instance, lost, close: async () => {} } as unknown as Connection
  return { connection, end }
}

function stage({ hasTray = true, isHidden = false } = {}) {
  const first = recorder(4001, true)
  const shown: TrayModel[] = []
  const opening = Promise.withResolvers<Connection>()
  const options: BesideOptions = {
    platform: 'linux',
    isHidden,
    findTray: async () => (hasTray ? { show: (model) => void shown.push(model) } : null),
    open: () => opening.promise,
    report: (error) => {
      throw error
    },
  }
  return { first, shown, take: opening.resolve, beside: waitBeside(first.connection, options) }
}

test('what is wanted opens the page of the other one, at its place, until that one is gone', async () => {
  const { first, take, beside } = stage()
  expect(beside.show(null)).toBe(true)
  expect(beside.show('#/session/abc')).toBe(true)
  expect(desktop.opened).toEqual([
    expect.stringMatching(/^http:\/\/127\.0\.0\.1:4001\/\?token=[^#]+$/),
    expect.stringMatching(/^http:\/\/127\.0\.0\.1:4001\/\?token=[^#]+#\/session\/abc$/),
  ])
  first.end()
  await first.connection.lost
  expect(beside.show(null)).toBe(false)
  const own = recorder(4001, false).connection
  take(own)
  expect(await beside.place).toBe(own)
  expect(beside.show(null)).toBe(false)
  expect(desktop.opened).toHaveLength(2)
})

test('it is seen in the tray, and opens nothing by itself', async () => {
  const { shown, beside } = stage()
  await vi.waitFor(() => expect(shown).toEqual([besideModel('linux')]))
  expect([desktop.opened, desktop.boxes]).toEqual([[], []])
  await beside.leave()
  expect(await beside.place).toBeNull()
})

test('where there is no tray a box says the same, again and again, and is gone when the place is taken', async () => {
  const { first, take, beside } = stage({ hasTray: false })
  await vi.waitFor(() => expect(desktop.boxes).toHaveLength(1))
  desktop.boxes[0]?.answer(0)
  await vi.waitFor(() => expect(desktop.boxes).toHaveLength(2))
  expect(desktop.opened).toHaveLength(1)
  first.end()
  take(recorder(4001, false).connection)
  await beside.place
  expect(desktop.boxes[1]?.signal.aborted).toBe(true)
  expect([desktop.boxes.length, desktop.quits]).toEqual([2, 0])
})

test('the box ends Tapedeck too', async () => {
  const { beside } = stage({ hasTray: false })
  await vi.waitFor(() => expect(desktop.boxes).toHaveLength(1))
  desktop.boxes[0]?.answer(1)
  await vi.waitFor(() => expect(desktop.quits).toBe(1))
  await beside.leave()
  expect(desktop.boxes).toHaveLength(1)
})

test('a hidden start asks nobody, tray or not', async () => {
  const { first, take, beside } = stage({ hasTray: false, isHidden: true })
  first.end()
  take(recorder(4001, false).connection)
  await beside.place
  expect([desktop.boxes, desktop.opened]).toEqual([[], []])
})
