import { printableJson } from '../../../contract/domain/readableJson.ts'
import { examine } from '../../doctor.ts'
import { readSettings } from '../readSettings.ts'
import { connectToRunning } from './connection.ts'
import { wrap } from './formatting.ts'
import type { Terminal } from './terminal.ts'

const marks = { ok: '✓', warn: '!', fail: '✗' }

/** Checks what a recording needs, one finding a line; resolves to 1 when something fails. */
export async function runDoctor(
  { dataDir, env, print, columns }: Terminal,
  { json }: { json?: boolean },
): Promise<number> {
  const { codex } = readSettings(dataDir)
  const findings = await examine({ dataDir, env, codex, running: await askRunning(dataDir) })
  if (json) print(printableJson({ findings }))
  else {
    const width = Math.max(...findings.map(({ check }) => check.length))
    for (const { check, verdict, message } of findings)
      print(wrap(`${marks[verdict]} ${check.padEnd(width)}  ${message}`, columns, width + 4))
  }
  return findings.some((finding) => finding.verdict === 'fail') ? 1 : 0
}

async function askRunning(dataDir: string) {
  const connection = await connectToRunning(dataDir)
  if (!connection) return null
  const { proxy, recorded, missed, total, rederived, host } = await connection.call('app/status', {})
  await connection.close()
  return { port: proxy.port, recorded, missed, total, rederived, isSandboxed: host.isSandboxed }
}
