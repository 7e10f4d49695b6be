import { realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { parse } from 'node:path'

/** The home folder of whoever runs this, as it is called and as it is on the disk; none where it is the root of a disk. */
export function homeFolders(): string[] {
  const home = homedir()
  const found = [home, realPathOf(home)].map((folder) => folder.replace(/(?<=.)[/\\]+$/, ''))
  return [...new Set(found)].filter((folder) => folder !== '' && parse(folder).base !== '')
}

function realPathOf(folder: string): string {
  try {
    return realpathSync.native(folder)
  } catch {
    return folder
  }
}
