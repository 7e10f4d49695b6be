import path from 'node:path'
import { folderToGoOnIn, rootThreadId, type Session } from '../../../contract/domain/session.ts'
import type { Start, TerminalId } from '../../../contract/domain/terminal.ts'
import { ReplyError } from '../../../contract/reply.ts'
import { type Connection, connectToRunning } from '../headless/connection.ts'
import { findById } from './ids.ts'
import { read } from './reading.ts'
import { defuse, type Terminal } from './terminal.ts'

interface Options {
  terminal?: TerminalId
  private?: boolean
}

interface GoOnOptions extends Options {
  /** Where to go on, instead of where the session worked last. */
  cd?: string
}

/** `here` is what does the same in this terminal. */
const notRunning = (here: string) => `tapedeck: No Tapedeck is running that could open a terminal. Either
  · start it:               tapedeck serve
  · or start codex in here: ${here}`

/** Opens another terminal with codex in a folder, by the running Tapedeck. */
export async function runOpen(terminal: Terminal, folder = '.', options: Options): Promise<number> {
  const here = [...(folder === '.' ? [] : [`cd ${quoteWord(folder)} &&`]), 'tapedeck codex', ...ownArguments(options)]
  return withRunning(terminal, here.join(' '), (connection) =>
    open(terminal, connection, path.resolve(folder), { type: 'new' }, options),
  )
}

/** Opens another terminal in which a recorded session goes on, itself or as a copy, in the folder where it worked last. */
export async function runGoOn(
  terminal: Terminal,
  type: 'resume' | 'fork',
  given: string | undefined,
  options: GoOnOptions,
): Promise<number> {
  // codex knows none but the whole id, so that what it is to be given is found also where no Tapedeck runs.
  const named = given === undefined ? null : await read(terminal, null, (reader) => findById(reader, given, true))
  const id = named?.id ?? given
  const folder = options.cd === undefined ? [] : ['-C', quoteWord(options.cd)]
  const which = id === undefined ? '--last' : quoteWord(id)
  const here = ['tapedeck codex', ...ownArguments(options), ...folder, type, which].join(' ')
  return withRunning(terminal, here, async (connection) => {
    const session = await findSession(connection, id)
    if (!session) {
      terminal.complain(
        id === undefined
          ? 'tapedeck: Nothing is recorded yet. Start codex with:  tapedeck codex'
          : `tapedeck: There is no session ${defuse(id)}. \`tapedeck sessions\` lists what there is.`,
      )
      return 1
    }
    const start: Start = { type, threadId: rootThreadId(session) }
    const wanted = options.cd === undefined ? folderToGoOnIn(session) : path.resolve(options.cd)
    try {
      return await open(terminal, connection, wanted ?? process.cwd(), start, options)
    } catch (error) {
      const isGone = error instanceof ReplyError && error.code === 'notFound'
      if (!isGone || wanted === null || options.cd !== undefined) throw error
      const inHere = ['tapedeck', type, quoteWord(session.id), '-C', '.', ...choices(options)].join(' ')
      terminal.complain(
        defuse(`tapedeck: The folder of this session is gone: ${wanted}
To go on in the folder that you are in:  ${inHere}`),
      )
      return 1
    }
  })
}

async function withRunning(
  terminal: Terminal,
  here: string,
  work: (connection: Connection) => Promise<number>,
): Promise<number> {
  const connection = await connectToRunning(terminal.dataDir)
  if (!connection) {
    terminal.complain(notRunning(defuse(here)))
    return 1
  }
  try {
    return await work(connection)
  } finally {
    await connection.close()
  }
}

const ownArguments = (options: Options) => (options.private ? ['--private'] : [])

const choices = (options: Options) => [
  ...ownArguments(options),
  ...(options.terminal === undefined ? [] : ['--terminal', options.terminal]),
]

function quoteWord(word: string): string {
  return /^[\w./~:@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

async function open(
  terminal: Terminal,
  connection: Connection,
  cwd: string,
  start: Start,
  options: Options,
): Promise<number> {
  const opened = await connection.call('terminal/open', {
    cwd,
    start,
    terminal: options.terminal,
    isPrivate: options.private ?? false,
  })
  const kept = options.private ? ', and nothing of it is kept' : ''
  terminal.print(`Codex runs in ${opened.terminal.name}, in ${defuse(cwd)}${kept}`)
  return 0
}

async function findSession(connection: Connection, id: string | undefined): Promise<Session | null> {
  if (id === undefined) return (await connection.call('session/list', { limit: 1 })).sessions[0] ?? null
  try {
    return (await connection.call('session/read', { id })).session
  } catch (error) {
    if (error instanceof ReplyError && error.code === 'notFound') return null
    throw error
  }
}
