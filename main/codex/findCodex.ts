import { homedir } from 'node:os'
import path from 'node:path'
import { type Computer, listInstallPlaces } from './installPlaces.ts'
import { readLoginShellPath } from './loginShellPath.ts'
import { realRuns } from './runs.ts'
import { testedVersion } from './testedVersion.ts'

export type CodexSource = 'environment' | 'setting' | 'loginShell' | 'path' | 'installPlace'

export type FoundCodex =
  | { ok: true; path: string; version: string; isTested: boolean; source: CodexSource }
  /** The message is for the user: what was looked at, and what to do. */
  | { ok: false; message: string }

export interface FindCodexOptions extends Partial<Computer> {
  env: NodeJS.ProcessEnv
  /** The path that the user chose, if any. */
  setting?: string | null
}

const versionTimeoutMs = 10_000

const howToInstall = `Install it with one of
  npm install -g @openai/codex
  brew install --cask codex
or set TAPEDECK_CODEX to the path of the codex to use.`

/**
 * Finds the codex to start: `TAPEDECK_CODEX`, the user's setting, the PATH of the login shell, the PATH of this process, then
 * where installers put it. A codex that the user names and that does not work is an error: another one in its place would be
 * a surprise. One that is merely found and does not work is passed over, and told of when no other does.
 */
export async function findCodex(options: FindCodexOptions): Promise<FoundCodex> {
  const computer: Computer = { platform: process.platform, homeDir: homedir(), runs: realRuns, ...options }
  const { env } = computer
  if (env.TAPEDECK_CODEX) return useNamed(computer, env.TAPEDECK_CODEX, 'environment', 'TAPEDECK_CODEX')
  if (options.setting) return useNamed(computer, options.setting, 'setting', 'The path of codex in the settings')

  const lookedAt: string[] = []
  const broken: string[] = []
  const tried = new Set<string>()
  for (const { source, label, listFolders } of placesToLook(computer)) {
    const folders = await listFolders()
    if (folders.length > 0) lookedAt.push(source === 'installPlace' ? folders.join(', ') : label)
    for (const candidate of folders.flatMap((folder) => namesIn(computer, folder))) {
      if (tried.has(candidate) || !(await computer.runs.isExecutableFile(candidate))) continue
      tried.add(candidate)
      const version = await readVersion(computer, candidate)
      if (version !== null) {
        return { ok: true, path: candidate, version, isTested: version === testedVersion, source }
      }
      broken.push(candidate)
    }
  }
  const found = broken.map((candidate) => `\nFound ${candidate}, but it does not answer to --version.`).join('')
  return { ok: false, message: `Codex was not found. ${howToInstall}\nLooked at: ${lookedAt.join('; ')}.${found}` }
}

interface Place {
  source: CodexSource
  label: string
  listFolders(): Promise<string[]>
}

function placesToLook(computer: Computer): Place[] {
  const { env, platform } = computer
  return [
    {
      source: 'loginShell',
      label: 'the PATH of the login shell',
      listFolders: async () => splitPath(await readLoginShellPath(computer), platform),
    },
    {
      source: 'path',
      label: 'the PATH of this process',
      listFolders: async () => splitPath(readVariable(env, 'PATH', platform), platform),
    },
    { source: 'installPlace', label: '', listFolders: () => listInstallPlaces(computer) },
  ]
}

async function useNamed(computer: Computer, named: string, source: CodexSource, label: string): Promise<FoundCodex> {
  const { homeDir, platform, runs } = computer
  const { resolve, join } = pathsOf(platform)
  const wish = /^~[/\\]/.test(named) ? join(homeDir, named.slice(2)) : resolve(named)
  for (const candidate of platform === 'win32' ? namesOfWindows(computer, wish) : [wish]) {
    if (!(await runs.isExecutableFile(candidate))) continue
    const version = await readVersion(computer, candidate)
    if (version !== null) return { ok: true, path: candidate, version, isTested: version === testedVersion, source }
    return { ok: false, message: `${label} is ${named}, which does not answer to --version as codex does.` }
  }
  return { ok: false, message: `${label} is ${named}, where there is no program that can be run.` }
}

async function readVersion({ env, platform, runs }: Computer, codexPath: string): Promise<string | null> {
  // npm's codex is a script for the node that it lies beside, which an app started from the dock does not have on its PATH.
  const beside = pathsOf(platform).dirname(codexPath)
  const pathName = nameOfVariable(env, 'PATH', platform)
  const search = [beside, env[pathName]].filter(Boolean).join(pathsOf(platform).delimiter)
  const { exitCode, stdout } = await runs.run(codexPath, ['--version'], {
    env: { ...env, [pathName]: search },
    timeoutMs: versionTimeoutMs,
  })
  if (exitCode !== 0) return null
  return /\bcodex\S* v?(\d+\.\d+\.\d+\S*)/i.exec(stdout)?.[1] ?? null
}

function namesIn(computer: Computer, folder: string): string[] {
  if (computer.platform === 'win32') return namesOfWindows(computer, path.win32.join(folder, 'codex'))
  return [path.posix.join(folder, 'codex')]
}

/**
 * Windows starts programs, not npm's `codex.cmd`: a shell in between would read the arguments anew. So for a `.cmd` the
 * program that it ends at is named, as npm lays it down beside it.
 */
function namesOfWindows({ env, platform }: Computer, wish: string): string[] {
  const { dir, name, ext } = path.win32.parse(wish)
  const extensions = (readVariable(env, 'PATHEXT', platform) ?? '.EXE;.CMD').toLowerCase().split(';')
  const isProgram = (extension: string) => extension === '.exe' || extension === '.com'
  if (isProgram(ext.toLowerCase())) return [wish]
  const programs = ext === '' ? extensions.filter(isProgram).map((extension) => wish + extension) : []
  const npmPrograms = ['x64', 'arm64'].flatMap((arch) => {
    const target = arch === 'x64' ? 'x86_64-pc-windows-msvc' : 'aarch64-pc-windows-msvc'
    const program = ['@openai', `codex-win32-${arch}`, 'vendor', target, 'bin', 'codex.exe']
    const modules = path.win32.join(dir, 'node_modules')
    return [
      path.win32.join(modules, '@openai', 'codex', 'node_modules', ...program),
      path.win32.join(modules, ...program),
    ]
  })
  return name.toLowerCase() === 'codex' ? [...programs, ...npmPrograms] : programs
}

function splitPath(value: string | null | undefined, platform: NodeJS.Platform): string[] {
  const { delimiter, isAbsolute } = pathsOf(platform)
  // A relative folder on the PATH means another file in every working folder.
  return [...new Set((value ?? '').split(delimiter).filter((folder) => isAbsolute(folder)))]
}

function readVariable(env: NodeJS.ProcessEnv, name: string, platform: NodeJS.Platform): string | undefined {
  return env[nameOfVariable(env, name, platform)]
}

/** Windows spells it `Path`, and a copy of its environment does not forget case as the original does. */
function nameOfVariable(env: NodeJS.ProcessEnv, name: string, platform: NodeJS.Platform): string {
  if (platform !== 'win32') return name
  return Object.keys(env).find((key) => key.toUpperCase() === name) ?? name
}

function pathsOf(platform: NodeJS.Platform) {
  return platform === 'win32' ? path.win32 : path.posix
}
