import { expect, test } from 'vitest'
import type { Picture } from '../../contract/domain/picture.ts'
import { explainPicture, measurePicture, nameFile, namePicture, thumbSize } from './pictureWords.ts'

const picture: Picture = { name: null, mediaType: 'image/png', bytes: 156, width: 64, height: 40, problem: null }

test.each([
  ['shots/a.png', 'a.png'],
  ['C:\\shots\\b.png', 'b.png'],
  ['shots/', 'shots'],
  ['/', 'Picture 2 of 3'],
  [null, 'Picture 2 of 3'],
  ['evil\u202egnp.exe', 'evil\\u202egnp.exe'],
])('%s is called %s', (name, called) => {
  expect(namePicture({ ...picture, name }, 1, 3, 'Picture')).toBe(called)
})

test('one alone needs no number', () => {
  expect(namePicture(picture, 0, 1, 'Picture')).toBe('Picture')
})

test('its size is told as far as it is known', () => {
  expect(measurePicture(picture)).toBe('64 × 40 px · 156\u00a0B')
  expect(measurePicture({ ...picture, width: null, height: null })).toBe('156\u00a0B')
  expect(measurePicture({ ...picture, width: 20_000, height: 9, bytes: null })).toBe('20,000 × 9 px')
})

test('what is not shown is said why', () => {
  const why = (more: Partial<Picture>) => explainPicture({ ...picture, ...more })
  expect(why({})).toBe(null)
  expect(why({ problem: 'format', mediaType: 'image/svg+xml' })).toBe('image/svg+xml is not shown')
  expect(why({ problem: 'format', mediaType: null })).toBe('Its format is not shown')
  expect(why({ problem: 'tooLarge' })).toMatch(/too large/)
})

test.each([
  ['a.png', 'image/png', 'a.png'],
  ['a.svg', 'image/png', 'a.png'],
  ['../../.bashrc', 'image/gif', 'bashrc.gif'],
  ['a/b:c*?.jpeg', 'image/jpeg', 'a-b-c.jpg'],
  ['évil\u202e.exe', 'image/webp', 'évil-.exe.webp'],
  ['...', 'image/png', 'picture.png'],
] as const)('%s of the type %s is saved as %s', (name, type, file) => {
  expect(nameFile(name, type)).toBe(file)
})

test('in the conversation it is bounded, and never larger than it is', () => {
  expect(thumbSize(picture)).toEqual({ width: 64, height: 40 })
  expect(thumbSize({ ...picture, width: 3_200, height: 100 })).toEqual({ width: 320, height: 10 })
  expect(thumbSize({ ...picture, width: 10, height: 16_000 })).toEqual({ width: 1, height: 240 })
})
