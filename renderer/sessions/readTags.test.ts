import { expect, test } from 'vitest'
import { readTags } from './readTags.ts'

test('several tags are parted by commas', () => {
  expect(readTags('flaky')).toEqual(['flaky'])
  expect(readTags(' #flaky, login  test ,,#flaky, ')).toEqual(['flaky', 'login test'])
  expect(readTags(' , #')).toEqual([])
  expect(readTags('x'.repeat(50))).toEqual(['x'.repeat(40)])
})
