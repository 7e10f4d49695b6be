import { z } from 'zod'

/** Every terminal that Tapedeck knows how to open; `custom` is one that the user names and that is none of the others. */
export const terminalIdSchema = z.enum([
  'terminal',
  'iterm2',
  'ghostty',
  'warp',
  'kitty',
  'alacritty',
  'wezterm',
  'windows-terminal',
  'powershell',
  'cmd',
  'xdg-terminal-exec',
  'x-terminal-emulator',
  'gnome-terminal',
  'ptyxis',
  'kgx',
  'konsole',
  'xfce4-terminal',
  'mate-terminal',
  'lxterminal',
  'qterminal',
  'foot',
  'xterm',
  'custom',
])
export type TerminalId = z.infer<typeof terminalIdSchema>

export const terminalSchema = z.object({ id: terminalIdSchema, name: z.string() })
export type Terminal = z.infer<typeof terminalSchema>

/** A thread's id as codex makes them; never one that codex would take for an option. */
const threadIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,199}$/, 'This is no id of a conversation.')

/** What codex does in the terminal that is opened. */
export const startSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('new') }),
  z.object({ type: z.literal('resume'), threadId: threadIdSchema }),
  z.object({ type: z.literal('fork'), threadId: threadIdSchema }),
])
export type Start = z.infer<typeof startSchema>
/** With a session, in itself or in a copy. */
export type GoingOn = Exclude<Start, { type: 'new' }>

export const recentFolderSchema = z.object({ path: z.string(), name: z.string(), lastUsedAt: z.number() })
export type RecentFolder = z.infer<typeof recentFolderSchema>
