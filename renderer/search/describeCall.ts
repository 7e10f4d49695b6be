import { Brush, Eye, Globe, ListChecks, type LucideIcon, Plug, SquareTerminal, Wrench } from 'lucide-react'

export interface CallName {
  /** What was done, or with what. */
  name: string
  icon: LucideIcon
}

const programs = /^(?:exec|exec_command|shell|shell_command|local_shell|local_shell_call|container\.exec|unified_exec)$/

/** A call by what it did, for where a line of it stands alone; null for commands, which say it themselves. */
export function describeCall(tool: string | null | undefined): CallName | null {
  if (tool == null || programs.test(tool)) return null
  const [, server, name] = /^mcp__(.+?)(?:__|\.)(.+)$/s.exec(tool) ?? []
  if (server && name) return { name: `${server} · ${name}`, icon: Plug }
  if (/web/.test(tool)) return { name: 'Web search', icon: Globe }
  if (/update_plan$/.test(tool)) return { name: 'Plan', icon: ListChecks }
  if (/write_stdin$/.test(tool)) return { name: 'Typed', icon: SquareTerminal }
  if (/view_image$/.test(tool)) return { name: 'Picture', icon: Eye }
  if (/imagegen$|^image_generation$/.test(tool)) return { name: 'Drawing', icon: Brush }
  return { name: tool, icon: Wrench }
}

/** JSON of a call as words: `{"query":"rose"}` reads `query: rose`. Pieces of it too, as a line may be cut anywhere. */
export function readArguments(snippet: string): string {
  if (!/^…?\s*[[{]|"\s*:/.test(snippet)) return snippet
  return snippet
    .replace(/,(?=["\ue000])/g, ', ')
    .replace(/"([^"{}\s]{1,60})"\s*:\s*/g, '$1: ')
    .replace(/\\[nrt]/g, ' ')
    .replace(/\\(["\\])/g, '$1')
    .replace(/[{}[\]"]+/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ (?=[,…])/g, '')
    .trim()
}
