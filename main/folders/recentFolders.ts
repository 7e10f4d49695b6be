import path from 'node:path'
import type { Params, Result } from '../../contract/api.ts'
import { folderToGoOnIn } from '../../contract/domain/session.ts'
import type { RecentFolder } from '../../contract/domain/terminal.ts'
import { isFolder } from '../isFolder.ts'

const pageSize = 200
/** Who works in few folders has many sessions in each: looking through more of them finds little. */
const pageLimit = 5

/** The folders that the newest sessions worked in last, each once, and only those that are still there. */
export async function listRecentFolders(
  limit: number,
  listSessions: (params: Params<'session/list'>) => Promise<Result<'session/list'>>,
): Promise<RecentFolder[]> {
  const seen = new Set<string>()
  const folders: RecentFolder[] = []
  let cursor: string | null = null
  for (let page = 0; page < pageLimit; page++) {
    const { sessions, nextCursor }: Result<'session/list'> = await listSessions({ limit: pageSize, cursor })
    for (const session of sessions) {
      const folder = folderToGoOnIn(session)
      if (folder === null || seen.has(folder)) continue
      seen.add(folder)
      if (!(await isFolder(folder))) continue
      folders.push({ path: folder, name: path.basename(folder) || folder, lastUsedAt: session.updatedAt })
      if (folders.length === limit) return folders
    }
    if (nextCursor === null) break
    cursor = nextCursor
  }
  return folders
}
