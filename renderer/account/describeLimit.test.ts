import { expect, test } from 'vitest'
import type { AccountStatus } from '../../contract/domain/account.ts'
import { describeLimit } from './describeLimit.ts'
import { sampleAccount } from './sampleAccount.ts'

const now = new Date(2026, 4, 6, 12).getTime()
const hourMs = 3_600_000

function withLimits(short: number, week: number, more: Partial<AccountStatus> = {}) {
  return sampleAccount({
    account: { state: 'chatgpt', email: null, plan: 'plus', workspace: null, accountEnd: null },
    next: { use: 'chatgpt', why: '' },
    limits: {
      at: now,
      planType: 'plus',
      windows: [
        { name: 'primary', usedPercent: short, windowMinutes: 300, resetsAt: now + 2 * hourMs },
        { name: 'secondary', usedPercent: week, windowMinutes: 10_080, resetsAt: now + 30 * hourMs },
        { name: 'mini primary', usedPercent: 100, windowMinutes: 300, resetsAt: now + hourMs },
      ],
    },
    ...more,
  })
}

test('a limit that is reached says until when, and what the key does meanwhile', () => {
  const key = { apiKey: { state: 'stored', shown: 'sk-…7f3a' } } as const
  expect([
    describeLimit(withLimits(99, 40), true, now),
    describeLimit(withLimits(100, 40), true, now),
    describeLimit(withLimits(100, 100, key), true, now),
    describeLimit(withLimits(20, 100, key), false, now),
  ]).toEqual([
    null,
    'The plan’s limit is reached until 14:00. Codex gets no answers before that, unless an API key pays for them.',
    'The plan’s limit is reached until tomorrow 18:00. Before that the key sk-…7f3a pays.',
    'The plan’s limit is reached until tomorrow 18:00. Codex gets no answers before that. With “Go on at the plan’s limit” the key pays for them.',
  ])
})

test('it says nothing once the window is over, nor where the plan does not sign', () => {
  expect([
    describeLimit(withLimits(100, 40), false, now + 3 * hourMs),
    describeLimit(withLimits(100, 40, { next: { use: 'storedKey', why: '' } }), false, now),
    describeLimit(withLimits(100, 40, { account: { state: 'nobody' } }), false, now),
  ]).toEqual([null, null, null])
})
