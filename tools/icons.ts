import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { launchBrowser } from '../e2e/browser.ts'
import { writeIcns, writeIco } from './iconContainers.ts'
import {
  icnsPictures,
  icnsTypes,
  icoPictures,
  linuxPictures,
  type Picture,
  trayIcos,
  trayPictures,
} from './iconPlan.ts'

/** Draws every picture of `resources/` from the drawings there. What it makes is committed: a build draws nothing. */

const resources = join(import.meta.dirname, '..', 'resources')
const browser = await launchBrowser()
const page = await browser.newPage()

for (const picture of [...linuxPictures, ...trayPictures]) save(picture.file, await draw(picture))

for (const { file, pictures } of [{ file: 'icon.ico', pictures: icoPictures }, ...trayIcos]) {
  const ico: Parameters<typeof writeIco>[0] = []
  for (const picture of pictures) ico.push({ size: picture.size, png: await draw(picture) })
  save(file, writeIco(ico))
}

const icns: Parameters<typeof writeIcns>[0] = []
for (const [index, type] of Object.keys(icnsTypes).entries()) {
  icns.push({ type, png: await draw(icnsPictures[index] as Picture) })
}
save('icon.icns', writeIcns(icns))

await browser.close()

async function draw({ drawing, size, viewBox }: Picture): Promise<Buffer> {
  const svg = readFileSync(join(resources, drawing), 'utf8')
  const sized = svg
    .replace(/viewBox="[^"]*"/, (whole) => (viewBox ? `viewBox="${viewBox}"` : whole))
    .replace('<svg ', `<svg width="${size}" height="${size}" style="display:block" `)
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<!doctype html><body style="margin:0">${sized}`)
  return page.screenshot({ omitBackground: true })
}

function save(path: string, bytes: Buffer): void {
  const file = join(resources, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, bytes)
}
