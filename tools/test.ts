import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Runs every check, goes on after a failure, and ends with one line that sums them: `N passed, N failed`. */

interface Result {
  suite: string
  passed: number
  failed: number
}

const reports = mkdtempSync(join(tmpdir(), 'tapedeck-checks-'))
const results: Result[] = []

for (const layer of ['contract', 'main', 'renderer', 'e2e']) {
  results.push(await runOne(`types of ${layer}`, 'tsc', ['-p', `tsconfig.${layer}.json`]))
}
results.push(await runOne('lint', 'biome', ['check', '.']))
results.push(await runUnit())
const built = await runOne('build', 'electron-vite', ['build', '--logLevel', 'warn'])
results.push(built)
// The end-to-end tests run what is built; an old build would only pretend.
results.push(built.failed === 0 ? await runE2e() : { suite: 'e2e', passed: 0, failed: 1 })
rmSync(reports, { recursive: true, force: true })

console.log()
for (const { suite, passed, failed } of results) {
  console.log(`${failed === 0 ? '✓' : '✗'} ${suite.padEnd(18)} ${passed} passed, ${failed} failed`)
}
const passed = results.reduce((sum, result) => sum + result.passed, 0)
const failed = results.reduce((sum, result) => sum + result.failed, 0)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

async function runOne(suite: string, command: string, args: string[]): Promise<Result> {
  const exitCode = await run(suite, command, args)
  return { suite, passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1 }
}

async function runUnit(): Promise<Result> {
  const file = join(reports, 'unit.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const exitCode = await run('unit', 'vitest', ['run', ...reporters])
  const report = readReport(file)
  const counts = { passed: Number(report?.numPassedTests ?? 0), failed: Number(report?.numFailedTests ?? 0) }
  return settle('unit', counts, exitCode)
}

async function runE2e(): Promise<Result> {
  const file = join(reports, 'e2e.json')
  const exitCode = await run('e2e', 'playwright', ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  })
  const stats = readReport(file)?.stats as Record<string, number> | undefined
  const passedCount = stats?.expected ?? 0
  // A test that passed only on a second try has failed here.
  return settle('e2e', { passed: passedCount, failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0) }, exitCode)
}

/** A suite that broke without a failed test, such as a file that cannot be loaded, still counts as one failure. */
function settle(suite: string, counts: { passed: number; failed: number }, exitCode: number): Result {
  return { suite, passed: counts.passed, failed: exitCode !== 0 && counts.failed === 0 ? 1 : counts.failed }
}

function readReport(file: string): Record<string, unknown> | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

function run(suite: string, command: string, args: string[], env: Record<string, string> = {}): Promise<number> {
  console.log(`\n── ${suite} ──`)
  return new Promise((resolve) => {
    // On Windows the commands of npm are scripts, which only a shell starts; the arguments are all our own.
    const shell = process.platform === 'win32'
    const child = spawn(command, args, { stdio: 'inherit', shell, env: { ...process.env, ...env } })
    child.on('error', (error) => {
      console.error(error.message)
      resolve(1)
    })
    child.on('exit', (code) => resolve(code ?? 1))
  })
}
