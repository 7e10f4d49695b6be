import type { Computer } from './installPlaces.ts'

/** rc files may ask the network; longer than this nobody waits for them. */
const shellTimeoutMs = 5000

const marker = '__TAPEDECK_PATH__'

/**
 * The PATH that the user's terminal would have, which an app started from the dock or the menu bar does not. The shell is
 * interactive too, because nvm and its like are mostly set up in files that only interactive shells read; and it is asked for
 * its PATH, not for `command -v codex`, which answers with an alias where there is one. Null when it does not tell.
 */
export async function readLoginShellPath({ env, platform, runs }: Computer): Promise<string | null> {
  if (platform === 'win32') return null
  const shell = env.SHELL || (platform === 'darwin' ? '/bin/zsh' : '/bin/sh')
  if (!(await runs.isExecutableFile(shell))) return null
  const question = `echo ${marker}"$PATH"${marker}`
  const { stdout } = await runs.run(shell, ['-l', '-i', '-c', question], { env, timeoutMs: shellTimeoutMs })
  // What rc files print before and after stays outside of the markers.
  const [, answer] = stdout.split(marker)
  return answer || null
}
