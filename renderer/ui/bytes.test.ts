import { expect, test } from 'vitest'
import { formatBytes } from './bytes.ts'

test('sizes are written with one or two digits that matter', () => {
  const sizes = [0, 812, 999, 1_000, 6_140, 24_300, 999_499, 999_500, 20_400_000, 3_000_000_000, 12_300_000_000, 4e12]
  expect(sizes.map((size) => formatBytes(size).replaceAll('\u00a0', ' '))).toEqual([
    '0 B',
    '812 B',
    '999 B',
    '1 KB',
    '6.1 KB',
    '24 KB',
    '999 KB',
    '1 MB',
    '20 MB',
    '3 GB',
    '12 GB',
    '4,000 GB',
  ])
})
