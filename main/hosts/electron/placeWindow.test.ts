import { expect, test } from 'vitest'
import { placeWindow, readPlace } from './placeWindow.ts'

const display = { x: 0, y: 24, width: 1440, height: 876 }
const second = { x: 1440, y: 0, width: 1920, height: 1080 }

test('the window comes back where it was, while that is on a display', () => {
  const place = { x: 1500, y: 40, width: 900, height: 700, isMaximized: true }
  expect(placeWindow(place, [display, second])).toEqual(place)
  expect(placeWindow(place, [display])).toEqual({ width: 1280, height: 820, isMaximized: false })
  expect(placeWindow({ ...place, x: 1380 }, [display])).toEqual({ width: 1280, height: 820, isMaximized: false })
  expect(placeWindow({ ...place, y: -300 }, [display, second])).toMatchObject({ isMaximized: false })
  expect(placeWindow({ ...place, width: 10, height: 10, x: 100 }, [display])).toMatchObject({ width: 1280 })
})

test('the first window is no larger than the display', () => {
  expect(placeWindow(null, [{ x: 0, y: 0, width: 1024, height: 600 }])).toEqual({
    width: 1024,
    height: 600,
    isMaximized: false,
  })
})

test('nonsense in the file is no place', () => {
  const place = { x: 1, y: 2, width: 3, height: 4, isMaximized: false }
  expect(readPlace(JSON.stringify(place))).toEqual(place)
  for (const text of ['', '{', 'null', '{"x":1}', '{"x":1.5,"y":2,"width":3,"height":4,"isMaximized":false}']) {
    expect(readPlace(text)).toBeNull()
  }
})
