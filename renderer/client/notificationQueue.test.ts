import { expect, test } from 'vitest'
import type { Notification } from '../../contract/api.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import { applyChange, changeBetween } from '../../contract/domain/turnChange.ts'
import { turnOf } from '../conversation/sampleTurns.ts'
import { createNotificationQueue } from './notificationQueue.ts'

function recordingOf(seq: number): Notification {
  return { method: 'recording/updated', params: { isPaused: false, recorded: seq, total: seq, missed: {}, seq } }
}
function deletion(id: string, seq: number): Notification {
  return { method: 'session/deleted', params: { id, seq } }
}

function version(seq: number): Turn {
  const items = Array.from({ length: seq }, (_, at) => ({
    ...{ id: `${at}`, exchangeId: 'e', at: 1, type: 'assistantMessage' as const, text: `${at}` },
  }))
  return turnOf('t', [], items, { status: 'live', seq })
}
function turned(before: number | null, seq: number): Notification {
  const change = changeBetween(before === null ? null : version(before), version(seq))
  return { method: 'turn/updated', params: { change, seq } }
}

function setUp() {
  const frames: (() => void)[] = []
  const handed: Notification[][] = []
  const queue = createNotificationQueue(
    (run) => frames.push(run),
    (notifications) => handed.push(notifications),
  )
  return { queue, frames, handed, drawFrame: () => frames.shift()?.() }
}

test('a frame gets only the newest word about each thing', () => {
  const { queue, frames, handed, drawFrame } = setUp()
  for (const notification of [recordingOf(1), recordingOf(3), recordingOf(2), deletion('a', 4)])
    queue.push(notification)
  expect(frames).toHaveLength(1)
  drawFrame()
  expect(handed).toEqual([[recordingOf(3), deletion('a', 4)]])
})

test('the changes of a turn that wait for a frame become one, which leads from where the first began', () => {
  const { queue, handed, drawFrame } = setUp()
  for (const notification of [turned(1, 2), turned(2, 4), turned(1, 2), turned(4, 5)]) queue.push(notification)
  drawFrame()
  expect(handed).toMatchObject([[{ params: { change: { since: 1, head: { seq: 5 } }, seq: 5 } }]])
  const [[only] = []] = handed
  expect(only?.method === 'turn/updated' && applyChange(version(1), only.params.change)).toEqual(version(5))
})

test('what arrives during a pause waits for its end, even when a frame was already due', () => {
  const { queue, handed, drawFrame } = setUp()
  queue.push(recordingOf(1))
  queue.pause()
  drawFrame()
  queue.push(recordingOf(2))
  expect(handed).toEqual([])
  queue.resume()
  drawFrame()
  expect(handed).toEqual([[recordingOf(2)]])
})

test('what was cleared is not handed over, and does not hide what comes after it', () => {
  const { queue, handed, drawFrame } = setUp()
  queue.push(recordingOf(9))
  queue.clear()
  queue.push(recordingOf(2))
  drawFrame()
  expect(handed).toEqual([[recordingOf(2)]])
  queue.push(recordingOf(3))
  queue.clear()
  drawFrame()
  expect(handed).toHaveLength(1)
})
