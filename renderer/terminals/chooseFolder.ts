import type { RecentFolder } from '../../contract/domain/terminal.ts'
import { shortenPath } from '../ui/formatting.ts'

/** The recent folders that go with what was typed: all of them before anything was. */
export function matchFolders(folders: readonly RecentFolder[], typed: string): RecentFolder[] {
  const wanted = typed.trim().toLowerCase()
  return folders.filter(({ path }) => [path, shortenPath(path)].some((each) => each.toLowerCase().includes(wanted)))
}

/** The folder above or below the chosen one, round the ends; null when there is none. */
export function stepFolder(folders: RecentFolder[], chosen: string, by: 1 | -1): string | null {
  const at = folders.findIndex(({ path }) => path === chosen)
  const next = at === -1 ? (by === 1 ? 0 : folders.length - 1) : (at + by + folders.length) % folders.length
  return folders[next]?.path ?? null
}
