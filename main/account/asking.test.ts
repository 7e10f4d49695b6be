import { expect, test } from 'vitest'
import { createAsking } from './asking.ts'

test('who asks while it is being asked gets an answer of after that, however many they are', async () => {
  const answers: PromiseWithResolvers<void>[] = []
  const ask = createAsking(
    () => {
      const answer = Promise.withResolvers<void>()
      answers.push(answer)
      return answer.promise
    },
    () => false,
  )
  let isAnswered = false
  void ask()
  const late = Promise.all([ask(), ask()]).then(() => {
    isAnswered = true
  })
  expect(answers).toHaveLength(1)
  answers[0]?.resolve()
  await expect.poll(() => answers.length).toBe(2)
  expect(isAnswered).toBe(false)
  answers[1]?.resolve()
  await late
  void ask()
  expect(answers).toHaveLength(3)
})

test('nothing is asked again when it is over, nor is a failure the end of asking', async () => {
  let isOver = false
  let times = 0
  const ask = createAsking(
    async () => {
      times += 1
      if (times === 1) throw new Error('There is no codex.')
    },
    () => isOver,
  )
  await expect(ask()).rejects.toThrow('There is no codex.')
  isOver = true
  await Promise.all([ask(), ask()])
  expect(times).toBe(2)
})
