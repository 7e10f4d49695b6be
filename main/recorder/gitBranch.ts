import { readFileSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'

const largestFile = 4_096

/**
 * The branch that the repository around a folder is on; null on no branch, outside of a repository, and where it cannot be
 * read. Reads git's own files, as `git` may not be there and a repository can have it run programs.
 */
export function readBranch(folder: string): string | null {
  if (!isAbsolute(folder)) return null
  try {
    for (const at of foldersUpFrom(folder)) {
      const gitDir = gitDirIn(at)
      if (gitDir !== null) return /^ref: refs\/heads\/(.+)\n?$/.exec(read(join(gitDir, 'HEAD')) ?? '')?.[1] ?? null
    }
  } catch {
    // Not ours to read: the session goes without.
  }
  return null
}

function foldersUpFrom(folder: string): string[] {
  const above = dirname(folder)
  return above === folder ? [folder] : [folder, ...foldersUpFrom(above)]
}

/** A worktree and a submodule have a file there that names the folder. */
function gitDirIn(folder: string): string | null {
  const path = join(folder, '.git')
  const kind = statSync(path, { throwIfNoEntry: false })
  if (kind?.isDirectory()) return path
  const elsewhere = kind?.isFile() ? /^gitdir: (.+)\n?$/.exec(read(path) ?? '')?.[1] : undefined
  return elsewhere === undefined ? null : resolve(folder, elsewhere)
}

/** A pipe in the place of a file would be waited for without an end. */
function read(path: string): string | null {
  const kind = statSync(path, { throwIfNoEntry: false })
  return kind?.isFile() && kind.size <= largestFile ? readFileSync(path, 'utf8') : null
}
