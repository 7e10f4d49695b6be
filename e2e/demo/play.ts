import type { CodexHome } from '../codexHome.ts'
import { readSessions, tapedeck } from '../tapedeck.ts'
import { prompts } from './scenario.ts'

const otherModel = 'gpt-6.1-terra'

/** Plays the demo's sessions, one after the other, with the real codex; `told` hears of each prompt before it is asked. */
export async function playDemo(home: CodexHome, told: (prompt: string) => void = () => {}): Promise<void> {
  const ask = async (prompt: string, ...before: string[]) => {
    told(prompt)
    await tapedeck(home, ['codex', 'exec', ...before, '--dangerously-bypass-approvals-and-sandbox', prompt])
  }
  await ask(prompts.migrate)
  await ask(prompts.explain)
  await ask(prompts.deterministic)
  const [newest] = await readSessions(home)
  // With another model, which has a cache of its own: the last turn is a dear one.
  if (newest) await ask(prompts.moment, 'resume', newest.id, '-c', `model="${otherModel}"`)
}
