import type { HandlersOf } from '../handlers.ts'
import type { Updates } from './updates.ts'

export interface UpdateDependencies {
  updates: Updates
  nextSeq(): number
}

type UpdateMethod = 'update/read' | 'update/check' | 'update/download' | 'update/decline' | 'update/install'

/** The newer version of Tapedeck itself. What becomes of a download is told by `update/updated`. */
export function createUpdateHandlers({ updates, nextSeq }: UpdateDependencies): HandlersOf<UpdateMethod> {
  return {
    'update/read': () => ({ update: updates.read(), seq: nextSeq() }),
    'update/check': async () => ({ update: await updates.check() }),
    'update/download': () => {
      updates.download()
      return {}
    },
    'update/decline': () => {
      updates.decline()
      return {}
    },
    'update/install': async () => {
      await updates.install()
      return {}
    },
  }
}
