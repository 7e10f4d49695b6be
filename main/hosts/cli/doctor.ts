import { statSync } from 'node:fs'
import { printableJson } from '../../../contract/domain/readableJson.ts'
import { examine } from '../../doctor.ts'
import { archivePath, explainDamage, findDamage, hasArchive, isDamage, readRecording } from '../../recorder/reader.ts'
import { connectToRunning } from '../headless/connection.ts'
import { readSettings } from '../readSettings.ts'
import { wrap } from './formatting.ts'
import type { Terminal } from './terminal.ts'

const mostCheckedBytes = 2_000_000_000
const marks = { ok: '✓', warn: '!', fail: '✗' }

/** Checks what a recording needs, one finding a line; resolves to 1 when something fails. */
export async function runDoctor(
  { dataDir, env, print, columns }: Terminal,
  { json }: { json?: boolean },
): Promise<number> {
  const { codex } = readSettings(dataDir)
  const findings = await examine({
    dataDir,
    env,
    codex,
    running: await askRunning(dataDir),
    archiveProblem: checkArchive(dataDir),
  })
  if (json) print(printableJson({ findings }))
  else {
    const width = Math.max(...findings.map(({ check }) => check.length))
    for (const { check, verdict, message } of findings)
      print(wrap(`${marks[verdict]} ${check.padEnd(width)}  ${message.replaceAll('`', '')}`, columns, width + 4))
  }
  return findings.some((finding) => finding.verdict === 'fail') ? 1 : 0
}

/** Goes through the whole file where that takes seconds; a larger one is only opened. */
function checkArchive(dataDir: string): string | null {
  try {
    if (!hasArchive(dataDir)) return null
    const path = archivePath(dataDir)
    if (statSync(path).size > mostCheckedBytes) readRecording(dataDir)
    else if (findDamage(dataDir) !== null) return explainDamage(path)
    return null
  } catch (error) {
    if (isDamage(error)) return explainDamage(archivePath(dataDir))
    return error instanceof Error ? error.message : String(error)
  }
}

async function askRunning(dataDir: string) {
  const connection = await connectToRunning(dataDir)
  if (!connection) return null
  const { proxy, recorded, missed, total, rederived, host } = await connection.call('app/status', {})
  await connection.close()
  return { port: proxy.port, recorded, missed, total, rederived, isSandboxed: host.isSandboxed }
}
