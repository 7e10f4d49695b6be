import type { Observer } from './observer.ts'
import type { SocketGuard } from './socketGuard.ts'
import type { HeaderList } from './tap.ts'

/** One request on its way to an upstream. */
export interface Passage {
  origin: string
  path: string
  headers: HeaderList
  observer: Observer
  onSetCookies(values: string[]): void
  /** For the few answers that are not passed on as they are. */
  rewrite: Rewrite | null
  /** For a request whose body is not passed on as it is: from the whole of it to the one that is sent. */
  changeBody: ((body: Buffer) => Promise<Buffer>) | null
  /** For a socket whose upstream may say something that codex is not to hear. */
  guard: SocketGuard | null
}

export interface Rewrite {
  /** Whether an answer of this status is gathered and looked at. */
  looksAt(status: number): boolean
  /** What codex gets for it. */
  change(status: number, body: string): { status: number; body: string }
}
