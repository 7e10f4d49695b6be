import { expect, test } from 'vitest'
import { type ProgramCall, readProgram } from './program.ts'

const run = (cmd: unknown): ProgramCall => ({ tool: 'exec_command', argument: { cmd } })

test.each<[string, string, ProgramCall[]]>([
  ['one command', "text(await tools.exec_command({cmd: 'ls -la'}))", [run('ls -la')]],
  [
    'several, in the order in which they are written',
    `const [a, b] = await Promise.all([tools.exec_command({cmd: "ls"}), tools['exec_command']({"cmd": \`pwd\`})])
     if (a.output) { return await tools.write_stdin({session_id: 1, chars: 'x'}) }`,
    [run('ls'), run('pwd'), { tool: 'write_stdin', argument: { session_id: 1, chars: 'x' } }],
  ],
  [
    'constants, also of constants',
    `const dir = 'src'; let cmd = 'ls ' + dir + '/' + 3; const args = {cmd, workdir: '/a'}; await tools.exec_command(args)`,
    [{ tool: 'exec_command', argument: { cmd: 'ls src/3', workdir: '/a' } }],
  ],
  [
    'a patch as a template, raw or not, or as lines',
    `const patch = String.raw\`a\\n\`; await tools.apply_patch(patch); await tools.apply_patch(\`b\\n\`)
     await tools.apply_patch(['c', 'd'].join('\\n'))`,
    [
      { tool: 'apply_patch', argument: 'a\\n' },
      { tool: 'apply_patch', argument: 'b\n' },
      { tool: 'apply_patch', argument: 'c\nd' },
    ],
  ],
  [
    'what only a run can tell stands as it is written',
    `for (const f of await list())
       await tools.exec_command({cmd: \`cat \${f} \` + f.name + tag\`x\`, [f]: 1, ...f, ['ok']: -1})`,
    [{ tool: 'exec_command', argument: { cmd: `cat \${f} \${f.name}\${tag\`x\`}`, ok: `\${-1}` } }],
  ],
  [
    'a name that changes, or that means several things',
    `let n = 1; n++; let m = 'a'; m = 'b'; const f = 'outer'; list.map((f) => tools.exec_command({cmd: \`\${n} \${m} \${f}\`}))`,
    [run(`\${n} \${m} \${f}`)],
  ],
  ['names that name each other', 'const a = b + 1; const b = a + 1; tools.exec_command({cmd: a})', [run(`\${a}11`)]],
  [
    'keys that mean something elsewhere',
    "tools.exec_command({cmd: 'ls', '__proto__': {cmd: 'rm'}})",
    [{ tool: 'exec_command', argument: JSON.parse('{"cmd":"ls","__proto__":{"cmd":"rm"}}') }],
  ],
  ['no argument', 'tools.wait()', [{ tool: 'wait', argument: undefined }]],
  ['nothing of the kind', "text('tools.exec_command'); other.exec_command({}); tools[name]({}); exec_command({})", []],
  ['an empty program', '', []],
])('%s', (_name, source, calls) => {
  expect(readProgram(source)).toEqual(calls)
})

test.each([
  ['is not complete', "text(await tools.exec_command({cmd: 'ls"],
  ['is no program', '*** Begin Patch'],
  ['is nested beyond reason', `tools.a(${'('.repeat(100_000)}`],
  ['is a very long sum', `tools.exec_command({cmd: ${Array(50_000).fill("'a'").join('+')}})`],
])('a program that %s', (_name, source) => {
  expect(readProgram(source)).toBe(null)
})

test('a program that would unfold without end does not', () => {
  const doubled = Array.from({ length: 200 }, (_, at) => `const x${at + 1} = x${at} + x${at}`)
  const source = `const x0 = 'x'; ${doubled.join(';')}; tools.exec_command({cmd: x200})`
  const [call] = readProgram(source) ?? []
  expect(JSON.stringify(call?.argument).length).toBeLessThan(2_000_000)
})
