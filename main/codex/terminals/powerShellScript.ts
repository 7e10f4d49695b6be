import type { LauncherPlan } from './launcherPlan.ts'
import { quoteForWindows } from './windowsArguments.ts'

/**
 * Codex is started by .NET and not by PowerShell, whose older versions lose the quotes inside of an argument; so the process id
 * is known as well. The byte order mark tells those versions that the file is UTF-8.
 */
export function writePowerShellScript(plan: LauncherPlan): string {
  const lines = [
    `Remove-Item -LiteralPath ${quote(plan.path)} -Force`,
    "$ErrorActionPreference = 'Stop'",
    `Set-Location -LiteralPath ${quote(plan.cwd)}`,
    ...Object.entries(plan.variables).map(([name, value]) => `$env:${name} = ${quote(value)}`),
    `$env:PATH += ${quote(`;${plan.programFolder}`)}`,
    '$start = New-Object System.Diagnostics.ProcessStartInfo',
    `$start.FileName = ${quote(plan.file)}`,
    `$start.Arguments = ${quote(plan.args.map(quoteForWindows).join(' '))}`,
    `$start.WorkingDirectory = ${quote(plan.cwd)}`,
    '$start.UseShellExecute = $false',
    '$codex = [System.Diagnostics.Process]::Start($start)',
    `[System.IO.File]::WriteAllText(${quote(plan.startedPath)}, "$($codex.Id)\`n")`,
    '$codex.WaitForExit()',
    'exit $codex.ExitCode',
  ]
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

/** A literal string; PowerShell takes the typographic single quotes for the plain one. */
function quote(text: string): string {
  return `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`
}
