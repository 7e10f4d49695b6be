import type { Item, Turn } from '../../contract/domain/turn.ts'
import { nameStatus } from '../ui/StatusMark.tsx'

/** What a turn failed at that has no item that says so: its exchange knows why. */
export function failureOf(turn: Turn): Extract<Item, { type: 'error' }> {
  const exchange = turn.exchanges.findLast(({ status }) => status === 'failed')
  return {
    id: `${turn.id} failure`,
    exchangeId: exchange?.id ?? '',
    at: turn.endedAt ?? turn.startedAt,
    type: 'error',
    code: exchange?.errorCode ?? null,
    message: exchange?.errorMessage ?? (exchange?.httpStatus ? `HTTP ${exchange.httpStatus}` : nameStatus('failed')),
    resetsAt: exchange?.limitResetsAt,
  }
}
