import { ReplyError } from '../../../contract/reply.ts'
import type { LauncherPlan } from './launcherPlan.ts'
import { quoteForWindows } from './windowsArguments.ts'

/**
 * All from the deletion on is one block: cmd reads a file line by line, and goes on reading it only after the block. Codex has
 * no process id here that cmd could tell; it lives as long as this cmd does, whose id its child knows.
 */
export function writeCmdScript(plan: LauncherPlan): string {
  const quoted = [
    plan.path,
    plan.startedPath,
    plan.file,
    plan.cwd,
    plan.programFolder,
    ...Object.values(plan.variables),
  ]
  if ([...quoted, ...plan.args].some((part) => /[\r\n]/.test(part)) || quoted.some((part) => part.includes('"'))) {
    throw new ReplyError('badRequest', 'The Command Prompt cannot be told this. Choose PowerShell or Windows Terminal.')
  }
  const set = (name: string, value: string) => `set ${quote(`${name}=${value}`)}`
  const lines = [
    '@echo off',
    'setlocal DisableDelayedExpansion',
    'chcp 65001 >nul',
    '(',
    `del /f /q ${quote(plan.path)}`,
    `cd /d ${quote(plan.cwd)} || exit`,
    ...Object.entries(plan.variables).map(([name, value]) => set(name, value)),
    `set "PATH=%PATH%;${plan.programFolder.replaceAll('%', '%%')}"`,
    set('TAPEDECK_STARTED', plan.startedPath),
    `powershell.exe -NoProfile -NonInteractive -Command ${quote(tellParent)}`,
    'set "TAPEDECK_STARTED="',
    [quote(plan.file), ...plan.args.map(quoteArgument)].join(' '),
    'exit',
    ')',
  ]
  return `${lines.join('\r\n')}\r\n`
}

const tellParent =
  "[IO.File]::WriteAllText($env:TAPEDECK_STARTED, ''+(Get-CimInstance Win32_Process -Filter ('ProcessId='+$PID)).ParentProcessId+[char]10)"

/** Of what holds no quote itself. Between quotes a percent sign alone still means something, unless it is doubled. */
function quote(text: string): string {
  return `"${text.replaceAll('%', '%%')}"`
}

/** Quoted for codex, and with a caret before each sign that cmd knows: so cmd never takes a quote for the beginning of its own. */
function quoteArgument(argument: string): string {
  return quoteForWindows(argument)
    .replace(/[()!^"<>&|]/g, '^$&')
    .replaceAll('%', '%%')
}
