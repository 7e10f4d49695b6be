import { basename, dirname } from 'node:path'
import type { Session } from 'electron'
import type { SavedFile } from '../../../contract/window.ts'

/** Electron asks where a file of the page goes, and tells none but us how that ended. */
export function followDownloads(session: Session, tell: (url: string, saved: SavedFile) => void): void {
  session.on('will-download', (_event, item) => {
    const url = item.getURL()
    item.once('done', (_done, state) => tell(url, readEnd(state, item.getSavePath())))
  })
}

function readEnd(state: 'completed' | 'cancelled' | 'interrupted', path: string): SavedFile {
  switch (state) {
    case 'completed':
      return { state: 'saved', folder: dirname(path), fileName: basename(path) }
    case 'cancelled':
      return { state: 'cancelled' }
    case 'interrupted':
      return { state: 'failed' }
  }
}
