import type { Path } from './jsonRows.ts'

/** `input[3].content[0].text` */
export function namePath(path: Path): string {
  return path
    .map((key, at) => {
      if (typeof key === 'number') return `[${key}]`
      return /^[A-Za-z_$][\w$-]*$/.test(key) ? `${at === 0 ? '' : '.'}${key}` : `[${JSON.stringify(key)}]`
    })
    .join('')
}
