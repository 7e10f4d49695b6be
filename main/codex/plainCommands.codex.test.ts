import { expect, test } from 'vitest'
import { switches, valueOptions } from './findCommand.ts'
import { plainCommands } from './plainCommands.ts'
import { createCodexHome, realCodexPath } from './realCodex.ts'
import { realRuns } from './runs.ts'

/** Those that talk to the model, or start what does, and that need somebody who is signed in. */
const talkingCommands = ['agents', 'exec', 'e', 'review', 'app-server', 'remote-control', 'resume', 'fork', 'cloud']

async function run(...args: string[]) {
  const home = createCodexHome(null)
  try {
    return await realRuns.run(realCodexPath, args, { env: home.env, timeoutMs: 15_000 })
  } finally {
    home.remove()
  }
}

test('of each command of the real codex it is known whether it holds a conversation', async () => {
  const commands = readCommands((await run('--help')).stdout)
  expect(commands).toEqual(expect.arrayContaining(['exec', 'e', 'archive', 'apply', 'a', 'help']))
  expect(commands.filter((name) => plainCommands.has(name) === talkingCommands.includes(name))).toEqual([])
})

test('of each option of the real codex it is known whether the next word is its value', async () => {
  const options = readOptions((await run('--help')).stdout)
  const named = (wanted: (value: string) => boolean) =>
    options.flatMap(({ names, value }) => (wanted(value) ? names : [])).toSorted()
  expect(named((value) => value === 'one')).toEqual([...valueOptions].toSorted())
  expect(named((value) => value === 'none')).toEqual([...switches, '--help', '--version', '-V', '-h'].toSorted())
  expect(named((value) => value === 'many')).toEqual(['--image', '-i'])
})

test.each(['-c model="o3"', '--config=model="o3"', '-cmodel="o3"', '-m exec', '--search -C /'])(
  'the real codex finds a command behind %s',
  async (options) => {
    const { stdout, stderr } = await run(...options.split(' '), 'login', 'status')
    expect(stdout + stderr).toContain('Not logged in')
  },
)

/** The names in the list of the help, each with its aliases. */
function readCommands(help: string): string[] {
  const [, list = ''] = /^Commands:\n([\s\S]*?)\n\n/m.exec(help) ?? []
  return list.split(/\n(?= {2}\S)/).flatMap((entry) => {
    const [, aliases = ''] = /\[aliases:\s*([^\]]+)\]/.exec(entry) ?? []
    return [entry.trim().split(/\s/, 1)[0] ?? '', ...aliases.split(/[,\s]+/).filter(Boolean)]
  })
}

/** Those in the list of the help, as in `-i, --image <FILE>...`. */
function readOptions(help: string): { names: string[]; value: string }[] {
  const [, list = ''] = /^Options:\n([\s\S]*)$/m.exec(help) ?? []
  return [...list.matchAll(/^ {2,6}((?:-\w, )?--[\w-]+)( <\w[^>]*>)?(\.\.\.)?$/gm)].map(
    ([, names = '', value, dots]) => ({
      names: names.split(', '),
      value: value === undefined ? 'none' : dots === undefined ? 'one' : 'many',
    }),
  )
}
