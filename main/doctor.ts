import { existsSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import type { Finding } from '../contract/domain/finding.ts'
import { countMissed, type Recording } from '../contract/domain/recording.ts'
import { findCodex } from './codex/findCodex.ts'
import { readLoginState } from './codex/loginState.ts'
import { chooseProxy } from './proxy/chosenProxy.ts'
import { openPriceBook } from './recorder/priceBook.ts'
import { findMissingFeature, findUnwritable, hasArchive } from './recorder/reader.ts'
import { readUpstreams } from './upstreams.ts'

export interface DoctorOptions {
  dataDir: string
  env: NodeJS.ProcessEnv
  /** The path of codex in the user's settings. */
  codex: string | null
  /** Why the archive cannot be read; null when it can, or there is none yet. */
  archiveProblem: string | null
  /** What the Tapedeck of this data folder has recorded; null when none runs. */
  running: {
    port: number
    recorded: number
    missed: Recording['missed']
    total: number
    rederived?: number | undefined
    isSandboxed?: boolean | null
  } | null
}

/** Checks what a recording needs: this computer, the data folder, codex and its sign-in, and the way to OpenAI. */
export async function examine({ dataDir, env, codex, archiveProblem, running }: DoctorOptions): Promise<Finding[]> {
  return [
    checkNode(),
    checkFeatures(),
    checkDataFolder(dataDir),
    checkArchive(dataDir, archiveProblem),
    ...checkPrices(dataDir),
    checkRecorder(running),
    ...checkSandbox(running?.isSandboxed ?? null),
    ...(await checkCodex(env, codex)),
    ...(await checkUpstreams(env)),
  ]
}

function checkNode(): Finding {
  const major = Number(process.versions.node.split('.')[0])
  const verdict = major >= 24 ? 'ok' : 'fail'
  return {
    check: 'Node',
    verdict,
    message: `${process.versions.node}${verdict === 'ok' ? '' : '; Tapedeck needs 24 or newer'}`,
  }
}

function checkFeatures(): Finding {
  const missing = findMissingFeature()
  return missing
    ? { check: 'SQLite', verdict: 'fail', message: missing }
    : { check: 'SQLite', verdict: 'ok', message: 'full-text search and zstd are there' }
}

function checkDataFolder(dataDir: string): Finding {
  const check = 'Data folder'
  if (!existsSync(dataDir)) return { check, verdict: 'ok', message: `${dataDir} (made at the first start)` }
  const unwritable = findUnwritable(dataDir)
  if (unwritable !== null) return { check, verdict: 'fail', message: unwritable }
  const isOpen = process.platform !== 'win32' && (statSync(dataDir).mode & 0o077) !== 0
  return isOpen
    ? { check, verdict: 'warn', message: `${dataDir} can be read by others; the next start closes it.` }
    : { check, verdict: 'ok', message: dataDir }
}

function checkArchive(dataDir: string, problem: string | null): Finding {
  const check = 'Archive'
  if (problem !== null) return { check, verdict: 'fail', message: problem }
  return { check, verdict: 'ok', message: hasArchive(dataDir) ? 'can be read' : 'made with the first recording' }
}

/** Nothing where nobody has prices of their own. */
function checkPrices(dataDir: string): Finding[] {
  const book = openPriceBook(dataDir)
  const problem = book.problem()
  if (problem !== null) return [{ check: 'Prices', verdict: 'warn', message: problem }]
  return book.hasOwn() ? [{ check: 'Prices', verdict: 'ok', message: 'your own in prices.json count' }] : []
}

function checkRecorder(running: DoctorOptions['running']): Finding {
  const check = 'Recorder'
  if (!running) {
    return { check, verdict: 'ok', message: 'not running; `tapedeck codex` and `tapedeck serve` start it' }
  }
  const { port, recorded, missed, total, rederived } = running
  const progress = rederived === undefined ? '' : `; older sessions are being built again, ${percent(rederived)} done`
  const { lost, passed } = countMissed(missed)
  const message = `running on port ${port}, recorded ${recorded} of ${total - passed}${progress}`
  return { check, verdict: lost === 0 ? 'ok' : 'warn', message }
}

/** Nothing where no window of ours is shown. */
function checkSandbox(isSandboxed: boolean | null): Finding[] {
  const check = 'Sandbox'
  if (isSandboxed === null) return []
  if (isSandboxed) return [{ check, verdict: 'ok', message: 'around every page of the window' }]
  const message =
    'off, because Tapedeck was started with --no-sandbox. An AppImage does that by itself where the system lets nobody make ' +
    'namespaces; the deb and rpm packages do not need it.'
  return [{ check, verdict: 'warn', message }]
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

async function checkCodex(env: NodeJS.ProcessEnv, setting: string | null): Promise<Finding[]> {
  const codex = await findCodex({ env, setting })
  if (!codex.ok) return [{ check: 'codex', verdict: 'fail', message: codex.message }]
  const tested = codex.isTested ? '' : ' (not a version that Tapedeck was tested with)'
  const found: Finding = {
    check: 'codex',
    verdict: codex.isTested ? 'ok' : 'warn',
    message: `${codex.version}${tested}, ${codex.path}`,
  }
  return [found, describeLogin(await readLoginState({ codexPath: codex.path, env }), env)]
}

function describeLogin(login: Awaited<ReturnType<typeof readLoginState>>, env: NodeJS.ProcessEnv): Finding {
  const check = 'Signed in'
  switch (login) {
    case 'chatgpt':
      return { check, verdict: 'ok', message: 'with ChatGPT' }
    case 'apiKey':
      return { check, verdict: 'ok', message: 'with an API key of codex' }
    case 'unknown':
      return { check, verdict: 'warn', message: 'codex does not say; `codex login status` may tell why' }
    case 'none':
      return env.OPENAI_API_KEY
        ? { check, verdict: 'ok', message: 'no, but OPENAI_API_KEY is set and will be used' }
        : {
            check,
            verdict: 'fail',
            message: 'no. Sign in with `tapedeck auth login`, or give a key with `tapedeck auth key set`.',
          }
  }
}

async function checkUpstreams(env: NodeJS.ProcessEnv): Promise<Finding[]> {
  return Promise.all(Object.values(readUpstreams(env)).map((origin) => checkWay(origin, env)))
}

/** By the way that the traffic takes. A proxy is asked for nothing: that it is there is all that can be known without asking OpenAI. */
async function checkWay(origin: string, env: NodeJS.ProcessEnv): Promise<Finding> {
  const check = new URL(origin).hostname
  const proxy = findProxy(origin, env)
  if (proxy === 'nonsense') {
    return {
      check,
      verdict: 'fail',
      message: 'goes through a proxy, and what HTTPS_PROXY says is no address. Set it right.',
    }
  }
  const problem = await tryToConnect(proxy ?? new URL(origin))
  if (proxy) {
    const way = `goes through your proxy ${proxy.host}`
    return problem === null
      ? { check, verdict: 'ok', message: `${way}, which can be reached` }
      : {
          check,
          verdict: 'fail',
          message: `${way}, which cannot be reached (${problem}). Does it run, and is HTTPS_PROXY right?`,
        }
  }
  return problem === null
    ? { check, verdict: 'ok', message: 'reachable' }
    : { check, verdict: 'warn', message: `cannot be reached (${problem}). Is there a network, or a proxy to set?` }
}

function findProxy(origin: string, env: NodeJS.ProcessEnv): URL | null | 'nonsense' {
  try {
    return chooseProxy(origin, env)
  } catch {
    return 'nonsense'
  }
}

/** Null when somebody is there. */
function tryToConnect({ hostname, port, protocol }: URL): Promise<string | null> {
  return new Promise((resolve) => {
    const host = hostname.replace(/^\[|\]$/g, '')
    const socket = connect({ host, port: Number(port) || (protocol === 'https:' ? 443 : 80), timeout: 3_000 })
    const finish = (problem: string | null) => {
      socket.destroy()
      resolve(problem)
    }
    socket.once('connect', () => finish(null))
    socket.once('timeout', () => finish('no answer'))
    socket.once('error', (error: NodeJS.ErrnoException) => finish(error.code ?? error.message))
  })
}
