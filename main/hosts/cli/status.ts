import { printableJson } from '../../../contract/domain/readableJson.ts'
import { readRecording } from '../../recorder/reader.ts'
import { connectToRunning } from './connection.ts'
import type { Terminal } from './terminal.ts'

const lossWords: Record<string, string> = {
  unknownPath: 'asked for a path that Tapedeck does not know',
  overflow: 'came faster than they could be recorded',
  undecodable: 'could not be read',
  storage: 'could not be written to the disk',
  recorderCrash: 'were in flight when the recorder crashed',
  paused: 'passed while recording was paused',
  private: 'belong to private sessions',
}

export async function runStatus(terminal: Terminal, { json }: { json?: boolean }): Promise<number> {
  const connection = await connectToRunning(terminal.dataDir)
  const live = await connection?.call('app/status', {})
  await connection?.close()
  const { isPaused, recorded, total, missed, rederived, underived } = live ?? readRecording(terminal.dataDir)
  const proxy = live ? `http://127.0.0.1:${live.proxy.port}` : null
  if (json) {
    terminal.print(
      printableJson({ running: live !== undefined, proxy, isPaused, recorded, total, missed, rederived, underived }),
    )
    return 0
  }
  terminal.print(
    live ? `Running. ${live.proxy.launches} codex behind ${proxy}` : 'Not running. Start it with:  tapedeck serve',
  )
  if (isPaused)
    terminal.print(
      'Recording is paused: traffic flows, and nothing of it is kept. Resume it in the window or the tray.',
    )
  terminal.print(`Recorded ${recorded} of ${total} exchanges.`)
  for (const [reason, count] of Object.entries(missed))
    terminal.print(`Missed ${count} that ${lossWords[reason] ?? reason}.`)
  if (underived !== undefined)
    terminal.print(
      `${underived} of these are stored and not shown to the end yet, as many came at once.${live ? '' : ' They are read when Tapedeck runs.'}`,
    )
  if (rederived !== undefined)
    terminal.print(
      `Older sessions are being built again from what was recorded: ${Math.round(rederived * 100)} % done.${live ? '' : ' It goes on when Tapedeck runs.'} Until then some look as before.`,
    )
  return 0
}
