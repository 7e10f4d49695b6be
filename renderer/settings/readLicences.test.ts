import { expect, test } from 'vitest'
import { printLicences } from '../../tools/licences.ts'
import { readLicences } from './readLicences.ts'

test('what the build writes is read as it was', () => {
  const licences = [
    { name: '@scope/a', version: '1.2.3', spdx: 'MIT', text: 'Do what you want.\n\nReally.' },
    { name: 'b', version: '0.1.0-beta', spdx: '(MIT OR Apache-2.0)', text: 'Either.' },
  ]
  expect(readLicences(printLicences(licences))).toEqual(licences)
})
