import type { Params, Result } from '../../contract/api.ts'
import { folderToGoOnIn } from '../../contract/domain/session.ts'
import { ReplyError } from '../../contract/reply.ts'
import type { HandlersOf } from '../handlers.ts'
import { openFolder } from './openFolder.ts'
import { listRecentFolders } from './recentFolders.ts'

export interface FolderDependencies {
  dataDir: string
  env: NodeJS.ProcessEnv
  readSession(params: Params<'session/read'>): Promise<Result<'session/read'>>
  listSessions(params: Params<'session/list'>): Promise<Result<'session/list'>>
}

/** Folders of the computer that Tapedeck runs on. */
export function createFolderHandlers({
  dataDir,
  env,
  readSession,
  listSessions,
}: FolderDependencies): HandlersOf<'folder/open' | 'folder/recent'> {
  async function folderOf(sessionId: string): Promise<string> {
    const { session } = await readSession({ id: sessionId, near: null })
    const folder = folderToGoOnIn(session)
    if (folder === null)
      throw new ReplyError('notFound', 'Codex did not say in which folder this session worked, so none can be opened.')
    return folder
  }

  return {
    'folder/open': async (params) => {
      await openFolder(params.folder === 'data' ? dataDir : await folderOf(params.id), env)
      return {}
    },
    'folder/recent': async ({ limit }) => ({ folders: await listRecentFolders(limit, listSessions) }),
  }
}
