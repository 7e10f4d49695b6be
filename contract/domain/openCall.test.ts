import { expect, test } from 'vitest'
import { judgeCall, longCallMs, nameCall, silentMs } from './openCall.ts'

const call = { name: 'exec', commands: [], patch: null }

test('a call is named by what it does', () => {
  const patch = '*** Begin Patch\n*** Update File: src/a.ts\n@@\n+x\n*** Delete File: b.ts\n*** End Patch'
  expect(nameCall({ ...call, commands: ['npm test\n# all'] })).toBe('npm test')
  expect(nameCall({ ...call, commands: ['a', 'b', 'c'] })).toBe('a and 2 more')
  expect(nameCall({ ...call, patch })).toBe('edit of src/a.ts, b.ts')
  expect(nameCall({ ...call, uses: [{ name: 'view_image', input: '' }] })).toBe('view_image')
  expect(nameCall(call)).toBe('exec')
})

test('the longer a call is open, the less can be said of it', () => {
  const at = (passed: number) => judgeCall({ what: 'npm test', since: 1_000 }, 1_000 + passed)
  expect([0, longCallMs - 1, longCallMs, silentMs - 1, silentMs].map(at)).toEqual([
    'runs',
    'runs',
    'mayWait',
    'mayWait',
    'silent',
  ])
})
