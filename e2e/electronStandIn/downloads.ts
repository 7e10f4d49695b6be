import { ask } from './dialogs.ts'
import type { Wanted } from './messages.ts'
import { sessionEvents } from './session.ts'
import { KnownEvents, preventable, strict } from './strict.ts'

/** A file of a page: its user is asked where it goes, as nobody else has said. */
class DownloadItem extends KnownEvents implements Pick<Electron.DownloadItem, 'getSavePath' | 'getURL'> {
  url: string
  path = ''
  constructor(url: string) {
    super(['done'])
    this.url = url
  }
  getURL(): string {
    return this.url
  }
  getSavePath(): string {
    return this.path
  }
}

export async function download({ url, fileName, isRefused }: Extract<Wanted, { type: 'download' }>): Promise<void> {
  const item = new DownloadItem(url)
  sessionEvents.emit('will-download', preventable({}), strict('DownloadItem', item))
  const { path = '' } = await ask('save', fileName, '', ['Save', 'Cancel'])
  item.path = path
  item.emit('done', {}, path === '' ? 'cancelled' : isRefused ? 'interrupted' : 'completed')
}
