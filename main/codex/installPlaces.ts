import path from 'node:path'
import type { Runs } from './runs.ts'

export interface Computer {
  env: NodeJS.ProcessEnv
  platform: NodeJS.Platform
  homeDir: string
  runs: Runs
}

/** The folders that installers of codex put it into, for when no PATH names them; the likelier first. */
export async function listInstallPlaces(computer: Computer): Promise<string[]> {
  return computer.platform === 'win32' ? listWindowsPlaces(computer) : listUnixPlaces(computer)
}

async function listUnixPlaces({ env, platform, homeDir, runs }: Computer): Promise<string[]> {
  const inHome = (...parts: string[]) => path.posix.join(homeDir, ...parts)
  const nodesOf = async (folder: string, ...rest: string[]) =>
    sortNewestFirst(await runs.listFolder(folder)).map((version) => path.posix.join(folder, version, ...rest))
  return keepGiven([
    env.npm_config_prefix && path.posix.join(env.npm_config_prefix, 'bin'),
    inHome('.local', 'bin'),
    inHome('.npm-global', 'bin'),
    env.PNPM_HOME,
    platform === 'darwin' ? inHome('Library', 'pnpm') : inHome('.local', 'share', 'pnpm'),
    inHome('.volta', 'bin'),
    inHome('.bun', 'bin'),
    ...(await nodesOf(path.posix.join(env.NVM_DIR || inHome('.nvm'), 'versions', 'node'), 'bin')),
    ...(await nodesOf(
      platform === 'darwin'
        ? inHome('Library', 'Application Support', 'fnm', 'node-versions')
        : inHome('.local', 'share', 'fnm', 'node-versions'),
      'installation',
      'bin',
    )),
    inHome('.local', 'share', 'mise', 'shims'),
    inHome('.asdf', 'shims'),
    '/opt/homebrew/bin',
    '/usr/local/bin',
    '/home/linuxbrew/.linuxbrew/bin',
    inHome('.nix-profile', 'bin'),
    '/usr/bin',
  ])
}

function listWindowsPlaces({ env, homeDir }: Computer): string[] {
  const within = (base: string | undefined, ...parts: string[]) => base && path.win32.join(base, ...parts)
  return keepGiven([
    within(env.APPDATA, 'npm'),
    within(env.LOCALAPPDATA, 'Programs', 'OpenAI', 'Codex', 'bin'),
    within(env.LOCALAPPDATA, 'Microsoft', 'WinGet', 'Links'),
    env.PNPM_HOME,
    within(env.LOCALAPPDATA, 'pnpm'),
    within(env.LOCALAPPDATA, 'Volta', 'bin'),
    env.NVM_SYMLINK,
    within(env.ProgramFiles, 'nodejs'),
    within(homeDir, '.bun', 'bin'),
    within(homeDir, 'scoop', 'shims'),
    within(homeDir, '.local', 'bin'),
  ])
}

function keepGiven(places: Array<string | undefined>): string[] {
  return [...new Set(places.filter((place) => place !== undefined && place !== ''))] as string[]
}

/** `v9.1.0` before `v24.3.0` is what the alphabet says, and wrong. */
function sortNewestFirst(versions: string[]): string[] {
  return versions.toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }))
}
