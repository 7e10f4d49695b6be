import type { Session } from '../../contract/domain/session.ts'
import type { Turn, TurnOutline } from '../../contract/domain/turn.ts'
import type { TurnSummary } from '../capture/reduced.ts'
import type { ReadModelReader } from './readModel.ts'

/** More than a screen shows. */
const partCount = 16
/** So few come as quickly all at once. */
const wholeCount = 40
/** Of those that come along some are before the one that was asked for, as its reader may look up. */
const beforeNear = 5
/** As much as a tooltip says. */
const longestPrompt = 160

/**
 * Of a long session the turns around one, and what there is to tell of all others. Without a turn, or with one that is not in
 * it, where one begins to read: at its end while it is live, else at its beginning.
 */
export function readPart(
  readModel: ReadModelReader,
  session: Session,
  near: string | null,
): { turns: Turn[]; outline: TurnOutline[] } {
  const { id } = session
  if (readModel.turnCount(id) <= wholeCount) return { turns: readModel.turnsOfSession(id), outline: [] }
  const summaries = readModel.summariesOfSession(id)
  const first = firstOfPart(session, summaries, near)
  const isNear = (at: number) => at >= first && at < first + partCount
  const ids = summaries.filter((_, at) => isNear(at)).map((summary) => summary.id)
  return {
    turns: readModel.turnsOfSessionAmong(id, ids),
    outline: summaries.filter((_, at) => !isNear(at)).map(outlineOf),
  }
}

function firstOfPart({ status }: Session, summaries: TurnSummary[], near: string | null): number {
  const last = summaries.length - partCount
  const at = summaries.findIndex(({ id }) => id === near)
  if (at !== -1) return Math.min(Math.max(0, at - beforeNear), last)
  return status === 'live' || summaries.some((summary) => summary.status === 'live') ? last : 0
}

function outlineOf({
  id,
  threadId,
  sessionId,
  prompt,
  status,
  startedAt,
  endedAt,
  model,
  usage,
}: TurnSummary): TurnOutline {
  return { id, threadId, sessionId, prompt: prompt.slice(0, longestPrompt), status, startedAt, endedAt, model, usage }
}
