import { printableJson } from '../../../contract/domain/readableJson.ts'
import { countMissed, type LossReason, troubleOf } from '../../../contract/domain/recording.ts'
import { readRecording } from '../../recorder/reader.ts'
import { connectToRunning } from '../headless/connection.ts'
import { count, wrap } from './formatting.ts'
import type { Terminal } from './terminal.ts'

const lossWords: Record<LossReason, (count: number) => string> = {
  unknownPath: (count) => `Missed ${count} that asked for a path that Tapedeck does not know.`,
  overflow: (count) => `Missed ${count} that came faster than they could be recorded.`,
  undecodable: (count) => `Missed ${count} that could not be read.`,
  storage: (count) => `Missed ${count} that could not be written to the disk.`,
  recorderCrash: (count) => `Missed ${count} that were in flight when the recorder crashed.`,
  paused: (count) => `Let ${count} pass while recording was paused, as you wanted.`,
  private: (count) => `Let ${count} of private sessions pass, as you wanted.`,
}

export async function runStatus(terminal: Terminal, { json }: { json?: boolean }): Promise<number> {
  const connection = await connectToRunning(terminal.dataDir)
  const live = await connection?.call('app/status', {})
  await connection?.close()
  const recording = live ?? readRecording(terminal.dataDir)
  const { isPaused, recorded, total, missed, rederived, underived, damage, unwritable } = recording
  const proxy = live ? `http://127.0.0.1:${live.proxy.port}` : null
  if (json) {
    const running = live !== undefined
    terminal.print(
      printableJson({ running, proxy, isPaused, recorded, total, missed, rederived, underived, damage, unwritable }),
    )
    return 0
  }
  const say = (text: string) => terminal.print(wrap(text, terminal.columns))
  say(
    live
      ? `Running. ${live.proxy.launches === 0 ? 'No codex session' : count(live.proxy.launches, 'codex session')} behind ${proxy}`
      : 'Not running. Start it with:  tapedeck serve',
  )
  if (isPaused) {
    say('Recording is paused: traffic flows, and nothing of it is kept. Resume it in the window or the tray.')
  }
  const trouble = troubleOf(recording)
  if (trouble) say(trouble.message)
  say(`Recorded ${recorded} of ${total - countMissed(missed).passed} exchanges.`)
  for (const [reason, count] of Object.entries(missed)) say(lossWords[reason as LossReason](count))
  if (underived !== undefined) {
    const goesOn = live ? '' : ' They are read when Tapedeck runs.'
    say(`${underived} of these are stored and not shown to the end yet, as many came at once.${goesOn}`)
  }
  if (rederived !== undefined) {
    const goesOn = live ? '' : ' It goes on when Tapedeck runs.'
    say(
      `Older sessions are being built again from what was recorded: ${Math.round(rederived * 100)} % done.${goesOn} Until then some look as before.`,
    )
  }
  return 0
}
