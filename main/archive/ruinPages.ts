import { closeSync, openSync, statSync, writeSync } from 'node:fs'

const pageBytes = 4096

/** For tests: overwrites what stands in the file from this page on, the first being 1, as a fault of the disk would. */
export function ruinPages(path: string, from: number): void {
  const begin = (from - 1) * pageBytes
  const noise = Buffer.alloc(Math.max(0, statSync(path).size - begin), 0xa5)
  const file = openSync(path, 'r+')
  writeSync(file, noise, 0, noise.length, begin)
  closeSync(file)
}
