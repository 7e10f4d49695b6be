import { expect, test } from 'vitest'
import { plainCommands } from './plainCommands.ts'
import { createCodexHome, realCodexPath } from './realCodex.ts'
import { realRuns } from './runs.ts'

/** Those that talk to the model, or start what does, and that need somebody who is signed in. */
const talkingCommands = ['agents', 'exec', 'e', 'review', 'app-server', 'remote-control', 'resume', 'fork', 'cloud']

test('of each command of the real codex it is known whether it holds a conversation', async () => {
  const home = createCodexHome(null)
  try {
    const { stdout } = await realRuns.run(realCodexPath, ['--help'], { env: home.env, timeoutMs: 15_000 })
    const commands = readCommands(stdout)
    expect(commands).toEqual(expect.arrayContaining(['exec', 'e', 'archive', 'apply', 'a', 'help']))
    expect(commands.filter((name) => plainCommands.has(name) === talkingCommands.includes(name))).toEqual([])
  } finally {
    home.remove()
  }
})

/** The names in the list of the help, each with its aliases. */
function readCommands(help: string): string[] {
  const [, list = ''] = /^Commands:\n([\s\S]*?)\n\n/m.exec(help) ?? []
  return list.split(/\n(?= {2}\S)/).flatMap((entry) => {
    const [, aliases = ''] = /\[aliases:\s*([^\]]+)\]/.exec(entry) ?? []
    return [entry.trim().split(/\s/, 1)[0] ?? '', ...aliases.split(/[,\s]+/).filter(Boolean)]
  })
}
