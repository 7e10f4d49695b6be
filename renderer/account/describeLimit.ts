import type { AccountStatus } from '../../contract/domain/account.ts'
import { readWindows } from './limitHistory.ts'
import { measureLimit } from './limitMeasure.ts'
import { formatMoment } from './moments.ts'

/** What a limit of the plan that is reached means for the sessions that the plan signs; null while none is. */
export function describeLimit(
  { account, apiKey, limits, next }: AccountStatus,
  usesKeyAtLimit: boolean,
  now: number,
): string | null {
  if (account.state !== 'chatgpt' || next.use !== 'chatgpt' || limits === null) return null
  // Limits of one model alone leave the others.
  const full = readWindows(limits).filter(
    ({ name, ...window }) =>
      (name === 'primary' || name === 'secondary') && measureLimit({ name, ...window }, now).tone === 'fail',
  )
  if (full.length === 0) return null
  const resets = full.map(({ resetsAt }) => resetsAt).filter((at) => at !== null)
  const until = resets.length === full.length ? ` until ${formatMoment(Math.max(...resets), now)}` : ''
  const reached = `The plan’s limit is reached${until}.`
  if (!('shown' in apiKey)) return `${reached} Codex gets no answers before that, unless an API key pays for them.`
  return usesKeyAtLimit
    ? `${reached} Before that the key ${apiKey.shown} pays.`
    : `${reached} Codex gets no answers before that. With “Go on at the plan’s limit” the key pays for them.`
}
