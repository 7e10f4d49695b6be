import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { proofArgument, proofFile, type StartProof } from '../main/hosts/electron/startProof.ts'

/** What is wrong is the message of the error, with all that the program said. */
export async function proveStart(
  program: string,
  { args = [], patienceMs = 120_000 }: { args?: string[]; patienceMs?: number } = {},
): Promise<StartProof> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tapedeck-proof-'))
  try {
    const { ending, output } = await run(program, [...args, proofArgument], dataDir, patienceMs)
    const said = [output, readIfThere(join(dataDir, 'tapedeck.log'))].join('\n').trim()
    const explain = (what: string) => new Error(said === '' ? what : `${what}\n${said}`)
    if (ending !== 'ended with 0') throw explain(`${program} ${ending}.`)
    const written = readIfThere(join(dataDir, proofFile))
    if (written === '') throw explain(`${program} ended well, but no page of it came up.`)
    const proof = JSON.parse(written) as StartProof
    if (!proof.isKeychainLoaded) throw explain(`${program} came up, but could not load its module for the keychain.`)
    return proof
  } finally {
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
  }
}

function run(program: string, args: string[], dataDir: string, patienceMs: number) {
  return new Promise<{ ending: string; output: string }>((resolve) => {
    const child = spawn(program, args, {
      env: { ...process.env, TAPEDECK_HOME: dataDir },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      child.kill('SIGKILL')
    }, patienceMs)
    const finish = (ending: string) => {
      clearTimeout(timer)
      resolve({ ending, output })
    }
    child.once('error', (error) => finish(`could not be started: ${error.message}`))
    // Not `close`: what it started, and left behind, may hold its pipes.
    child.once('exit', (code, signal) => {
      if (isLate) finish(`did not come up within ${patienceMs / 1_000} s`)
      else finish(code === null ? `was ended by ${signal}` : `ended with ${code}`)
    })
  })
}

function readIfThere(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
