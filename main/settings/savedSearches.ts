import type { SavedSearch } from '../../contract/domain/search.ts'
import { readSearch } from '../../contract/domain/searchLanguage.ts'
import { ReplyError } from '../../contract/reply.ts'

const most = 100

/** Names are told apart by more than their case. Throws a sentence for people when the query means nothing. */
export function saveSearch(saved: readonly SavedSearch[], search: SavedSearch): SavedSearch[] {
  const [problem] = readSearch(search.query, 0).problems
  if (problem) throw new ReplyError('badRequest', problem.message)
  const at = indexOf(saved, search.name)
  if (at !== -1) return saved.with(at, search)
  return insertSearch(saved, search, saved.length)
}

/** It keeps its place. The name may be another spelling of its own. */
export function renameSearch(saved: readonly SavedSearch[], name: string, newName: string): SavedSearch[] {
  const at = placeOf(saved, name)
  const other = indexOf(saved, newName)
  if (other !== -1 && other !== at)
    throw new ReplyError('badRequest', `Another search is called “${newName}” already. Choose another name.`)
  return saved.with(at, { ...(saved[at] as SavedSearch), name: newName })
}

/** It changes places with its neighbour; at an end it stays. */
export function moveSearch(saved: readonly SavedSearch[], name: string, by: -1 | 1): SavedSearch[] {
  const at = placeOf(saved, name)
  const [moved, neighbour] = [saved[at], saved[at + by]]
  return moved && neighbour ? saved.with(at, neighbour).with(at + by, moved) : [...saved]
}

export function forgetSearch(saved: readonly SavedSearch[], name: string): SavedSearch[] {
  return saved.toSpliced(placeOf(saved, name), 1)
}

/** Back where it was. One that has taken its name meanwhile is not replaced. */
export function restoreSearch(saved: readonly SavedSearch[], search: SavedSearch, at: number): SavedSearch[] {
  if (indexOf(saved, search.name) !== -1)
    throw new ReplyError(
      'badRequest',
      `Another search is called “${search.name}” by now. Rename it, and save ${search.query} anew.`,
    )
  return insertSearch(saved, search, at)
}

function insertSearch(saved: readonly SavedSearch[], search: SavedSearch, at: number): SavedSearch[] {
  if (saved.length >= most)
    throw new ReplyError('badRequest', `There are ${most} saved searches already. Remove one that you do not need.`)
  return saved.toSpliced(at, 0, search)
}

function placeOf(saved: readonly SavedSearch[], name: string): number {
  const at = indexOf(saved, name)
  if (at === -1) throw new ReplyError('notFound', `No search is called “${name}”. It was renamed or removed meanwhile.`)
  return at
}

function indexOf(saved: readonly SavedSearch[], name: string): number {
  return saved.findIndex((each) => each.name.toLowerCase() === name.toLowerCase())
}
