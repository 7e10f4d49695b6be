import type { LucideIcon } from 'lucide-react'
import type { Reply } from '../../contract/reply.ts'
import type { Client } from '../client/client.ts'

/** Something that can be done from the palette. */
export interface Action {
  id: string
  label: string
  /** In a menu that hangs on what it is about. */
  short?: string
  /** Other words that people look for it by. */
  also: string
  keys?: string
  /** What it is about, at the right. */
  about?: string
  icon: LucideIcon
  /** Null when it is done, else why it is not. */
  run(): Promise<string | null> | null
}

/** For what cannot fail. */
export function done(act: () => void): null {
  act()
  return null
}

export function explain(reply: Reply<unknown>): string | null {
  return reply.ok ? null : reply.error.message
}

/** Starts codex with a conversation of its own. Where the folder is gone, another one is asked for. */
export async function startIn(client: Client, cwd: string): Promise<string | null> {
  const reply = await client.call('terminal/open', { cwd, start: { type: 'new' } })
  if (reply.ok || reply.error.code !== 'notFound') return explain(reply)
  client.wishNewSession({ goneFolder: cwd })
  return null
}
