import { folderToGoOnIn, rootThreadId, type Session } from '../../contract/domain/session.ts'
import type { GoingOn } from '../../contract/domain/terminal.ts'
import type { Client } from '../client/client.ts'
import { goTo, parseRoute, replaceRoute } from '../shell/route.ts'
import { explain } from './action.ts'

/** Goes on with a session in a terminal. Where its folder is gone, its page asks for another one. */
export async function goOn(client: Client, session: Session, type: GoingOn['type']): Promise<string | null> {
  const start: GoingOn = { type, threadId: rootThreadId(session) }
  const reply = await client.call('terminal/open', { cwd: folderToGoOnIn(session) ?? '', start })
  if (reply.ok || reply.error.code !== 'notFound') return explain(reply)
  askElsewhere(session.id, type)
  return null
}

function askElsewhere(sessionId: string, elsewhere: GoingOn['type']): void {
  const here = parseRoute(location.hash)
  if (here.page === 'session' && here.sessionId === sessionId) replaceRoute({ ...here, elsewhere })
  else goTo({ page: 'session', sessionId, turnId: null, elsewhere })
}
