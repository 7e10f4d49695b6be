import { homedir } from 'node:os'
import { isAbsolute } from 'node:path'
import type { Settings } from '../../contract/domain/settings.ts'
import { ReplyError } from '../../contract/reply.ts'
import { isFolder } from '../folders/isFolder.ts'

/** What somebody wants to set, as it can be kept. Throws a sentence for people where it cannot. */
export async function readWishes(wanted: Partial<Settings>, env: NodeJS.ProcessEnv): Promise<Partial<Settings>> {
  const { defaultFolder } = wanted
  if (!defaultFolder) return wanted
  const folder = defaultFolder.replace(/^~(?=$|[/\\])/, () => env.HOME || homedir())
  if (!isAbsolute(folder) || !(await isFolder(folder)))
    throw new ReplyError(
      'badRequest',
      `There is no folder ${folder}. Give the whole path of one that is there, or leave it empty.`,
    )
  return { ...wanted, defaultFolder: folder }
}
