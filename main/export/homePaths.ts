/** Home folders in a text. What every pattern here has to keep to says `secrets.ts`. */

const startOfPath = String.raw`(?<=^|[^A-Za-z0-9_.~-]|\\[nrtbf]|\[[0-9;]{0,12}m|(?:^|[\s"'])(?:-[A-Za-z]|[ab]))`
const startOfDrive = String.raw`(?<=^|[^A-Za-z]|\\[nrtbf])`
const userName = String.raw`[^\s/\\"'${'`'}<>:;,|()\[\]{}*?&%$#@!=+…]{1,64}`
const capitalWords = String.raw`(?: [A-Z][^\s/\\"':*?<>|]{0,32}(?=[ \\/])){0,2}`
const slash = String.raw`\\{0,3}/`
const separator = String.raw`(?:\\{1,16}|/)`
/** Where systems have the folder of the homes, or see another system's. */
const mounts = [
  ...['mnt', 'host_mnt', 'run/desktop/mnt/host', 'cygdrive', 'System/Volumes/Data', 'var', 'usr', 'export', 'data'],
  String.raw`/wsl(?:\$|\.localhost)/[^\s/\\"']{1,64}`,
].map((path) => path.replaceAll('/', slash))
const homePatterns = [
  new RegExp(
    `${startOfPath}(?:${slash}(?:${mounts.join('|')}))?(?:${slash}[A-Za-z])?${slash}(?:home|Users)${slash}(${userName})`,
    'g',
  ),
  new RegExp(`${startOfDrive}[A-Za-z]:${separator}Users${separator}(${userName}${capitalWords})`, 'gi'),
  new RegExp(String.raw`\\{1,16}home\\{1,16}(${userName})`, 'g'),
  /%2F(?:home|Users)%2F([A-Za-z0-9._-]{1,64})/g,
]
/** Folders beside the homes that are nobody's. */
const sharedFolders = new Set(['Shared', 'Public', 'Default', 'All Users', 'linuxbrew', '.', '..'])

/** Those that look like one, and those that `patternOfHome` is of. */
export function findHomePaths(text: string, homes: readonly RegExp[]): { start: number; end: number }[] {
  const guessed = homePatterns
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .filter((match) => !sharedFolders.has(match[1] as string))
  const known = homes.flatMap((pattern) => [...text.matchAll(pattern)])
  return [...known, ...guessed].map(({ index, 0: { length } }) => ({ start: index, end: index + length }))
}

const anySeparator = String.raw`(?:\\{1,16}|${slash}|%2F|%5C)`
/** A name that only begins so is another folder. */
const endOfName = String.raw`(?![\p{L}\p{N}_~-]|\.[\p{L}\p{N}])`

/**
 * One home folder, at any depth of escaping. Whatever stands before it, such as where a container sees the disk of its host, it
 * is the same name; a single word, such as `/root`, is one only where a path begins.
 */
export function patternOfHome(home: string): RegExp {
  const isAbsolute = /^[/\\]/.test(home)
  const names = home.split(/[/\\]+/).filter((name) => name !== '')
  const start = names.length === 1 ? startOfPath : ''
  const path = names.map(anySpelling).join(anySeparator)
  return new RegExp(`${start}${isAbsolute ? anySeparator : ''}${path}${endOfName}`, 'giu')
}

function anySpelling(name: string): string {
  const spellings = new Set([name, encodeURIComponent(name), escapeXml(name)])
  return `(?:${[...spellings].map((each) => each.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|')})`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

function escapeXml(name: string): string {
  return name.replace(/[&<>"']/g, (character) => entities[character] as string)
}
