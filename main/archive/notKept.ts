import { ReplyError } from '../../contract/reply.ts'

/** For an id that leads to nothing. Whether there ever was such a one is not known any more. */
export function notKept(what: 'session' | 'turn' | 'exchange', id: string): ReplyError {
  return new ReplyError('notFound', `There is no ${what} ${id}. It was deleted, or is not in this data folder.`)
}
