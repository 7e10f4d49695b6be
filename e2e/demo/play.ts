import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { CodexHome } from '../codexHome.ts'
import { entry, readSessions, tapedeck } from '../tapedeck.ts'
import { prompts } from './scenario.ts'

const otherModel = 'gpt-6.1-terra'

type Told = (prompt: string) => void

/**
 * Plays what was said yesterday, with the real codex and a clock of then. While nothing else records: whoever plays it does.
 */
export async function playYesterday(home: CodexHome, told: Told = () => {}): Promise<void> {
  const clock = pathToFileURL(join(import.meta.dirname, 'yesterdaysClock.ts')).href
  // By an argument, which the commands that codex runs do not inherit.
  const ask = asker(told, (args) => tapedeck(home, [clock, entry, ...args], {}, '--import'))
  await ask(prompts.port)
  await goOn(home, ask, prompts.freePort)
}

/** Plays the demo's sessions, one after the other, with the real codex; `told` hears of each prompt before it is asked. */
export async function playDemo(home: CodexHome, told: Told = () => {}): Promise<void> {
  const ask = asker(told, (args) => tapedeck(home, args))
  await ask(prompts.migrate)
  await ask(prompts.explain)
  await ask(prompts.icon, '-i', join(home.cwd, 'icon.png'))
  await ask(prompts.others, '-c', `mcp_servers.docs=${docsServer}`)
  await ask(prompts.deterministic)
  await goOn(home, ask, prompts.moment)
}

const docsServer = `{command=${JSON.stringify(process.execPath)},args=[${JSON.stringify(join(import.meta.dirname, 'docsServer.ts'))}]}`

type Ask = (prompt: string, ...options: string[]) => Promise<void>

function asker(told: Told, run: (args: string[]) => Promise<unknown>): Ask {
  return async (prompt, ...options) => {
    told(prompt)
    // The last option takes no value, so that none takes the prompt for one of its own.
    await run(['codex', 'exec', ...options, '--dangerously-bypass-approvals-and-sandbox', prompt])
  }
}

/** The newest session, with another model, which has a cache of its own: the last turn is a dear one. */
async function goOn(home: CodexHome, ask: Ask, prompt: string): Promise<void> {
  const [newest] = await readSessions(home)
  if (newest) await ask(prompt, 'resume', newest.id, '-c', `model="${otherModel}"`)
}
