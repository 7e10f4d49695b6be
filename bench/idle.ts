import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'

/**
 * What a Tapedeck costs that nobody uses: processor time, wake-ups and memory of its process over half a minute. Reads `/proc`, so it
 * runs on Linux. The desktop application runs on the stand-in for Electron, hidden in its tray: without what Electron itself costs.
 */

const settleMs = 10_000
const watchMs = 30_000
const root = join(import.meta.dirname, '..')
const register = pathToFileURL(join(root, 'e2e', 'electronStandIn', 'register.ts')).href

const subjects: Record<string, string[]> = {
  headless: [join(root, 'out/main/tapedeck.js'), 'serve', '--no-open'],
  'desktop, hidden': ['--import', register, join(root, 'out/main/electron.js'), '--hidden'],
}

for (const [name, args] of Object.entries(subjects)) {
  const home = mkdtempSync(join(tmpdir(), 'tapedeck-idle-'))
  // Says that the desktop shows trays; else the window could not hide.
  writeFileSync(join(home, 'gdbus'), '#!/bin/sh\necho "(true,)"\n', { mode: 0o755 })
  const env = {
    ...process.env,
    HOME: home,
    TAPEDECK_HOME: join(home, 'data'),
    PATH: `${home}${delimiter}${process.env.PATH}`,
  }
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  try {
    await pause(settleMs)
    const before = measure(child)
    await pause(watchMs)
    const after = measure(child)
    const cpuMs = after.cpuMs - before.cpuMs
    console.log(
      `${name}: ${cpuMs} ms of CPU and ${after.wakeUps - before.wakeUps} wake-ups in ${watchMs / 1000} s, ${after.mebibytes} MiB`,
    )
  } finally {
    const exited = new Promise((resolve) => child.once('exit', resolve))
    child.kill()
    await exited
    rmSync(home, { recursive: true, force: true })
  }
}

function measure({ pid, exitCode }: ChildProcess) {
  if (exitCode !== null) throw new Error('It ended before it could be measured.')
  const proc = `/proc/${pid}`
  const fields = readFileSync(`${proc}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  // In hundredths of a second.
  const cpuMs = (Number(fields[11]) + Number(fields[12])) * 10
  const mebibytes = Math.round(Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`${proc}/status`, 'utf8'))?.[1]) / 1024)
  const wakeUps = readdirSync(`${proc}/task`)
    .map((task) => readFileSync(`${proc}/task/${task}/status`, 'utf8'))
    .reduce((sum, text) => sum + Number(/^voluntary_ctxt_switches:\s*(\d+)/m.exec(text)?.[1]), 0)
  return { cpuMs, mebibytes, wakeUps }
}
