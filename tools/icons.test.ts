import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readIcns, readIco, readPngSize } from './iconContainers.ts'
import { icnsTypes, icoSizes, linuxPictures, trayIcoSizes, trayIcos, trayPictures, trayStates } from './iconPlan.ts'

const read = (path: string) => readFileSync(join(import.meta.dirname, '..', 'resources', path))

test.each([...linuxPictures, ...trayPictures])('$file is a PNG of $size pixels', ({ file, size }) => {
  expect(readPngSize(read(file))).toEqual({ width: size, height: size })
})

test('the tray has its four states as templates for macOS and in colour for the others, and no two look the same', () => {
  const files = trayStates.flatMap((state) =>
    ['', '@2x', 'Template', 'Template@2x'].map((kind) => `tray/${state}${kind}.png`),
  )
  expect(trayPictures.map(({ file }) => file).sort()).toEqual(files.sort())
  expect(new Set(files.map((file) => read(file).toString('base64'))).size).toBe(files.length)
})

test('the icon for Windows lists every size, each as a PNG of it', () => {
  const entries = readIco(read('icon.ico'))
  expect(entries.map(({ size }) => size)).toEqual(icoSizes)
  expect(entries.map(({ png }) => readPngSize(png)?.width)).toEqual(icoSizes)
})

test.each(trayIcos)('$file has a picture for every scale of Windows, drawn at its size', ({ file }) => {
  const entries = readIco(read(file))
  expect(entries.map(({ size }) => size)).toEqual(trayIcoSizes)
  expect(entries.map(({ png }) => readPngSize(png))).toEqual(
    trayIcoSizes.map((size) => ({ width: size, height: size })),
  )
})

test('the first picture of a tray icon for Windows is the one of its state for Linux', () => {
  for (const { file } of trayIcos) {
    const [small] = readIco(read(file))
    expect({ file, isSame: small?.png.equals(read(file.replace('.ico', '.png'))) }).toEqual({ file, isSame: true })
  }
})

test('the icon for macOS lists every type, each as a PNG of its size, and its length is that of the file', () => {
  const icns = read('icon.icns')
  const entries = readIcns(icns).map(({ type, png }) => [type, readPngSize(png)?.width])
  expect(Object.fromEntries(entries)).toEqual(icnsTypes)
  expect([icns.toString('latin1', 0, 4), icns.readUInt32BE(4)]).toEqual(['icns', icns.length])
})
