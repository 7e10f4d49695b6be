import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

test('a call waits for the one before it, even one that failed, and only the last knows that it is', async () => {
  const takeTurn = createTurns()
  const begun: string[] = []
  const ends: Record<string, () => void> = {}
  const call = (name: string) =>
    takeTurn(() => {
      begun.push(name)
      return new Promise<string>((resolve, reject) => {
        ends[name] = () => (name === 'bad' ? reject(new Error(name)) : resolve(name))
      })
    })
  const [a, bad, c] = [call('a'), call('bad'), call('c')]
  await Promise.resolve()
  expect(begun).toEqual(['a'])
  ends.a?.()
  expect(await a).toEqual({ value: 'a', isLast: false })
  ends.bad?.()
  await expect(bad).rejects.toThrow('bad')
  await Promise.resolve()
  expect(begun).toEqual(['a', 'bad', 'c'])
  ends.c?.()
  expect(await c).toEqual({ value: 'c', isLast: true })
})
