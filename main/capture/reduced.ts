import type { Exchange } from '../../contract/domain/exchange.ts'
import type { OpenCall } from '../../contract/domain/openCall.ts'
import type { UsageGroup } from '../../contract/domain/price.ts'
import type { GitState, Session, Thread } from '../../contract/domain/session.ts'
import type { Turn } from '../../contract/domain/turn.ts'

/** An item of the Responses API as it stood on the wire; what is not known of it is kept. */
export type ResponseItem = { type: string } & Record<string, unknown>

/** What a request tells of the repository. */
export type ToldGit = Pick<GitState, 'commit' | 'hasChanges'>

export interface OutputItem {
  item: ResponseItem
  /** When its first byte arrived, and when the server called it done: null while (or if never) it was. */
  at: number
  doneAt: number | null
}

/** All that one exchange's bytes say, and nothing that only its neighbours could know. */
export interface ReducedExchange {
  exchange: Exchange
  launchId: string
  streamId: string
  thread: Thread
  /** `user`, `subagent`, `thread_title` …: codex's own word for who started the thread. */
  threadSource: string | null
  forkedFromThreadId: string | null
  /** The folder that its work is filed under, if the request told of one: the repository, or where there is none, the working folder. */
  cwd: string | null
  /** The working folder itself, which may be inside of the repository. Not every request tells. */
  workingFolder: string | null
  git: ToldGit | null
  /** The plan that the answer told of. */
  plan: string | null
  /** The input as sent: the whole context, or with `exchange.previousResponseId` only what is new. */
  input: ResponseItem[]
  output: OutputItem[]
  /** For an exchange of kind `title`: the title that it made. */
  title: string | null
}

/** What is known of an exchange beside what was said in it. */
export type KnownExchange = Omit<ReducedExchange, 'input' | 'output'>

/** A turn before the archive gives it its `seq`. */
export type DerivedTurn = Omit<Turn, 'seq'>

/** What a session needs of a turn; small, so that a session of a thousand turns folds at once. */
export interface TurnSummary extends Omit<DerivedTurn, 'items' | 'exchanges'> {
  thread: Thread
  launchId: string
  cwd: string | null
  /** The last one that its requests told of. Not there in rows that an older version wrote. */
  workingFolder?: string | null
  /** Not there in rows that an older version wrote. */
  git?: ToldGit | null
  accountMode: Session['accountMode']
  credential: Session['credential']
  /** Not there in rows that an older version wrote. */
  plan?: string | null
  exchangeCount: number
  /** What it used, by what has one price; all of `usage`, or more where a prewarm told of tokens. */
  usageGroups: UsageGroup[]
  hasEdits: boolean
  hasErrors: boolean
  errorMessage: string | null
  /** Of a live turn, while codex has not answered the call that came last. */
  openCall?: OpenCall
}

/** A session before the archive gives it its `seq`. */
export type DerivedSession = Omit<Session, 'seq'>
