import { spawn } from 'node:child_process'
import { ReplyError } from '../../contract/reply.ts'
import { isFolder } from './isFolder.ts'

/** The program that shows a folder, which gets its path as one argument and no shell in between. */
const openers: Partial<Record<NodeJS.Platform, string>> = { darwin: 'open', win32: 'explorer.exe', linux: 'xdg-open' }

/** Shows a folder in the system's file manager. Throws a sentence for people when that cannot be done. */
export async function openFolder(path: string, env: NodeJS.ProcessEnv, platform = process.platform): Promise<void> {
  if (!(await isFolder(path)))
    throw new ReplyError('notFound', `The folder ${path} is not there any more: it was moved or deleted.`)
  const opener = openers[platform] ?? 'xdg-open'
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) {
    throw new ReplyError(
      'unavailable',
      `Tapedeck runs where there is no desktop to show a folder on. Go to ${path} in a terminal.`,
    )
  }
  await new Promise<void>((resolve, reject) => {
    const child = spawn(opener, [path], { env, stdio: 'ignore', detached: true })
    child.once('error', () =>
      reject(new ReplyError('unavailable', `${opener}, which shows folders, did not start. Open ${path} by hand.`)),
    )
    child.once('spawn', () => {
      child.unref()
      resolve()
    })
  })
}
