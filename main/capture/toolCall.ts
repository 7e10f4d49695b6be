import type { ToolCall } from '../../contract/domain/turn.ts'
import { asArray, asNumber, asObject, asText, parseObject } from './json.ts'
import { readLeftRunning } from './leftRunning.ts'
import { contentText } from './messageText.ts'
import { headOf } from './outputHead.ts'
import { readProgram } from './program.ts'
import type { ResponseItem } from './reduced.ts'

/** What people want to see of a call: the commands that it runs and the patch that it applies, if it does. */
export type Deed = Pick<ToolCall, 'name' | 'input' | 'commands' | 'patch' | 'uses'>

/** Names under which models run a shell, in classic calls and inside of code-mode programs. */
const shellTools = new Set(['exec_command', 'shell', 'local_shell', 'container.exec', 'shell_command'])

/** By the end of its type, so that a tool of tomorrow is one as well. */
export function isToolCall(item: ResponseItem): boolean {
  return /_call$/.test(item.type)
}

export function isToolOutput(item: ResponseItem): boolean {
  return /_call_output$|^tool_search_output$/.test(item.type)
}

/** A turn is folded each time that something of it changes, and its programs do not. */
const known = new WeakMap<ResponseItem, Deed>()

export function readDeed(item: ResponseItem): Deed {
  const deed = known.get(item) ?? read(item)
  known.set(item, deed)
  return deed
}

/** A call of whatever kind. Hosted tools, whose items end in `_call` as well, carry their input in fields of their own. */
function read(item: ResponseItem): Deed {
  switch (item.type) {
    case 'function_call':
      return readFunctionCall(nameOf(item), asText(item.arguments) ?? '')
    case 'custom_tool_call':
      return readCustomCall(nameOf(item), asText(item.input) ?? '')
    case 'local_shell_call': {
      const command = toCommand(asObject(item.action)?.command)
      return {
        name: 'local_shell',
        input: toText(item.action),
        commands: command === null ? [] : [command],
        patch: null,
      }
    }
    default: {
      const { type, id: _id, status: _status, call_id: _callId, ...rest } = item
      const input = item.action ?? item.arguments ?? item.input ?? withoutResult(rest)
      const server = type === 'mcp_call' ? asText(item.server_label) : null
      const given = asText(item.name)
      const name = server !== null && given !== null ? `mcp__${server}__${given}` : given
      return { name: name ?? type.replace(/_call$/, ''), input: toText(input), commands: [], patch: null }
    }
  }
}

function nameOf(item: ResponseItem): string {
  const namespace = asText(item.namespace)
  const name = asText(item.name) ?? 'unnamed'
  return namespace === null || namespace === 'functions' ? name : `${namespace}.${name}`
}

function readFunctionCall(name: string, input: string): Deed {
  const deed = readTool(name, parseObject(input))
  return { name, input, ...deed }
}

function readCustomCall(name: string, input: string): Deed {
  if (name !== 'exec') return { name, input, ...readTool(name, input) }
  const calls = readProgram(input) ?? []
  const deeds = calls.map(({ tool, argument }) => readTool(tool, argument))
  const uses = calls
    .filter((_, at) => deeds[at]?.patch === null && deeds[at]?.commands.length === 0)
    .map(({ tool, argument }) => ({ name: tool, input: toText(argument) }))
  const patches = deeds.flatMap(({ patch }) => patch ?? [])
  return {
    name,
    input,
    commands: deeds.flatMap(({ commands }) => commands),
    patch: patches.length === 0 ? null : patches.join('\n'),
    ...(uses.length > 0 && { uses }),
  }
}

function readTool(name: string, argument: unknown): Pick<Deed, 'commands' | 'patch'> {
  if (name === 'apply_patch') {
    return {
      commands: [],
      patch: asText(argument) ?? asText(asObject(argument)?.input) ?? asText(asObject(argument)?.patch),
    }
  }
  if (!shellTools.has(name)) return { commands: [], patch: null }
  const command = toCommand(asObject(argument)?.cmd) ?? toCommand(asObject(argument)?.command)
  if (command === null) return { commands: [], patch: null }
  const patch = patchOf(command)
  return patch === null ? { commands: [command], patch: null } : { commands: [], patch }
}

/** `["bash", "-lc", "ls"]` is what the model says, and `ls` is what it means. */
function toCommand(command: unknown): string | null {
  if (typeof command === 'string') return command
  const words = asArray(command).filter((word) => typeof word === 'string')
  if (words.length === 0) return null
  const [shell = '', flag = '', script] = words
  if (words.length === 3 && script !== undefined && /(^|\/)(ba|z|da|k)?sh$/.test(shell) && /^-l?c$/.test(flag))
    return script
  return words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ')
}

/** Some models call apply_patch as a shell command with a here-document. */
function patchOf(command: string): string | null {
  const [patch] = /^\*\*\* Begin Patch[\s\S]*?^\*\*\* End Patch$/m.exec(command) ?? []
  return patch !== undefined && /^\s*(applypatch|apply_patch)\b/.test(command) ? patch : null
}

function withoutResult(rest: Record<string, unknown>): unknown {
  const { result: _result, results: _results, outputs: _outputs, output: _output, ...input } = rest
  return Object.keys(input).length === 0 ? '' : input
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)
}

export interface Outcome {
  output: string
  status: ToolCall['status']
  exitCode: number | null
  leftRunning?: ToolCall['leftRunning']
}

/** What codex sent back to the model for a call. */
export function readOutput(item: ResponseItem): Outcome {
  const text = outputText(item.output ?? item.tools ?? item.content)
  const wrapped = parseObject(text)
  const metadata = asObject(wrapped?.metadata)
  const output = wrapped && metadata ? (asText(wrapped.output) ?? '') : text
  const head = headOf(text)
  const exitCode = asNumber(metadata?.exit_code) ?? readExitCode(head)
  const isRefused =
    /^(?:unsupported call: \S+$|\w+ failed: |image generation failed: |unable to (?:locate|process) image\b)/.test(text)
  const hasFailed =
    isRefused || (exitCode !== null && exitCode !== 0) || head.startsWith('Script failed') || item.success === false
  const leftRunning = readLeftRunning(head, text.slice(head.length))
  return {
    ...(leftRunning && { leftRunning }),
    output,
    exitCode,
    status: hasFailed ? 'failed' : head.startsWith('Script running') ? 'running' : 'completed',
  }
}

function outputText(output: unknown): string {
  if (typeof output === 'string' || Array.isArray(output)) return contentText(output, '')
  const body = asObject(output)
  return asText(body?.content) ?? asText(body?.output) ?? toText(output)
}

function readExitCode(head: string): number | null {
  const [, code] = /^(?:Process exited with code|Exit code:) (-?\d+)$/m.exec(head) ?? []
  return code === undefined ? null : Number(code)
}
