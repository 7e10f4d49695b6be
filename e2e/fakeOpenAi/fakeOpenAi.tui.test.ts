import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { expect, test, vi } from 'vitest'
import { realCodexPath } from '../../main/codex/realCodex.ts'
import { createCodexHome } from '../codexHome.ts'
import { compaction, say, title } from './answers.ts'
import { readFirstModel } from './catalog.ts'
import { directEnv, listDirectOptions } from './directCodex.ts'
import { startFakeOpenAi } from './fakeOpenAi.ts'

const execute = promisify(execFile)

const firstModel = readFirstModel()

test('the TUI plays: a turn, the title it asks for, /compact, and the turn after it', { timeout: 60_000 }, async () => {
  const fake = await startFakeOpenAi()
  fake.workspaceBackendOrigin = 'https://chatgpt.com'
  const asked: string[] = []
  fake.scenario = ({ kind, model, prompt, input }) => {
    asked.push(`${kind} ${model === firstModel ? 'first model' : model} ${input.at(-1)?.type}`)
    switch (kind) {
      case 'title':
        return title('Greetings')
      case 'compaction':
        return compaction()
      case 'turn':
        return say(`Heard: ${prompt}, ${input.some(({ type }) => type === 'compaction') ? 'in short' : 'in full'}`)
    }
  }
  const home = createCodexHome(fake, { login: 'chatgpt' })
  const server = `tapedeck-${randomUUID()}`
  const tmux = (...words: string[]) =>
    execute('tmux', ['-L', server, '-f', '/dev/null', ...words], { env: directEnv(fake, home) })
  const see = (text: string) =>
    vi.waitFor(async () => expect((await tmux('capture-pane', '-p')).stdout).toContain(text), {
      timeout: 20_000,
      interval: 50,
    })
  const submit = async (text: string) => {
    await tmux('send-keys', '-l', text)
    // Codex takes an Enter that comes with the text for a part of it, as when somebody pastes.
    await see(text)
    await tmux('send-keys', 'Enter')
  }
  try {
    const command = [realCodexPath, ...listDirectOptions(fake, 'chatgpt'), 'good morning']
    await tmux('new-session', '-d', '-x', '120', '-y', '40', '-c', home.cwd, ...command)
    await see('Heard: good morning, in full')
    await see('· Greetings')
    await submit('/compact')
    await see('Context compacted')
    await submit('good evening')
    await see('Heard: good evening, in short')
  } finally {
    await tmux('kill-server').catch(() => {})
    home.remove()
    await fake.close()
  }
  expect(asked.toSorted()).toEqual([
    'compaction first model compaction_trigger',
    'title gpt-5.6-luna message',
    'turn first model message',
    'turn first model message',
  ])
})
