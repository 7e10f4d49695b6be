import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { basename, join } from 'node:path'
import { archivePath, findUnwritable } from '../../recorder/reader.ts'
import { makeDataFolder } from '../dataFolder.ts'
import { lockDataFolder } from '../instance.ts'
import type { Terminal } from './terminal.ts'

/**
 * Moves the archive, whatever its state, into a folder beside it, so that the next start begins a new one. Nothing is deleted, and
 * it never happens under a Tapedeck that runs.
 */
export async function runSetAside({ dataDir, print }: Terminal, now = new Date()): Promise<number> {
  makeDataFolder(dataDir)
  const lock = lockDataFolder(dataDir)
  if (!lock) throw new Error('Tapedeck runs and writes to the archive. Quit it, then run `tapedeck set-aside` again.')
  try {
    if (!lock.isOfDataFolder)
      throw new Error(findUnwritable(dataDir) ?? `The data folder ${dataDir} could not be locked.`)
    const path = archivePath(dataDir)
    // What SQLite has not yet put into the file is in those beside it.
    const files = [path, `${path}-wal`, `${path}-shm`].filter((file) => existsSync(file))
    if (files.length === 0) {
      print('There is no archive to set aside: the next start begins a new one.')
      return 0
    }
    const folder = join(dataDir, `set-aside-${now.toISOString().slice(0, 19).replaceAll(':', '')}`)
    mkdirSync(folder, { mode: 0o700 })
    for (const file of files) renameSync(file, join(folder, basename(file)))
    print(`Set aside: ${folder}\nNothing of it was changed. The next start of Tapedeck begins a new archive.`)
    return 0
  } finally {
    lock.release()
  }
}
