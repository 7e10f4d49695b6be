import { findMissed } from '../../contract/domain/cacheHold.ts'
import type { CacheMiss, ContextDiff } from '../../contract/domain/context.ts'
import type { Exchange } from '../../contract/domain/exchange.ts'

/** From here on a pause may have emptied the cache. How long it really lives nobody outside can know. */
const longPauseMs = 5 * 60_000

type Facts = Pick<Exchange, 'model' | 'accountMode' | 'upstream' | 'status' | 'startedAt' | 'durationMs' | 'usage'>

/**
 * Why little of the input came from the cache: null when enough did, or when nothing is known of it. The first difference in
 * the order in which the model reads (settings, tools, instructions, items) is the reason, as all behind it is read anew.
 */
export function explainCacheMiss(
  exchange: Facts,
  previous: { exchange: Facts; diff: ContextDiff } | null,
): CacheMiss | null {
  const missed = findMissed(exchange, previous?.exchange ?? null)
  if (!missed) return null
  if (!previous) {
    const sentence = 'This is the first request of its conversation, so little of it could be in the cache.'
    return { cause: 'first', itemIndex: null, sentence, isGuess: false, missedTokens: null }
  }
  return { ...findCause(exchange, previous), missedTokens: missed.tokens }
}

const upToThere = 'and the cache covers only what stands before a change'

type Cause = Omit<CacheMiss, 'missedTokens'>

function findCause(exchange: Facts, { exchange: before, diff }: { exchange: Facts; diff: ContextDiff }): Cause {
  const proven = (cause: Cause['cause'], sentence: string, itemIndex: number | null = null): Cause => ({
    cause,
    itemIndex,
    sentence,
    isGuess: false,
  })
  if (exchange.model !== before.model || diff.settings.includes('model')) {
    const names = `from ${before.model ?? 'an unknown one'} to ${exchange.model ?? 'an unknown one'}`
    return proven('model', `The model changed ${names}, and each model has a cache of its own.`)
  }
  if (exchange.accountMode !== before.accountMode || exchange.upstream !== before.upstream) {
    return proven('account', 'The request went out under another account, which has a cache of its own.')
  }
  const setting = diff.settings.find((name) => name === 'prompt_cache_key' || name === 'text.format')
  if (setting) return proven('settings', `The request's ${setting} changed, and each has a cache of its own.`)
  if (diff.tools.isFieldChanged) {
    return proven('tools', `${describeTools(diff.tools)} at the start of the request, ${upToThere}.`)
  }
  if (diff.areInstructionsChanged) {
    return proven('instructions', `The instructions at the start of the request changed, ${upToThere}.`)
  }
  const first = diff.changes.find((change) => change.type !== 'kept')
  const isExtended = !first || (first.type === 'added' && diff.changes.every(isKeptOrNew(diff.prefixItems)))
  if (isExtended) return guess(exchange, before)
  const at = diff.prefixItems
  const where = `at position ${at}, ${upToThere}.`
  // Where items left and came at one place, what came says more than what left.
  const here = diff.changes.find(
    (change) => change.type !== 'kept' && change.type !== 'removed' && change.itemIndex === at,
  )
  const { kind } = here && here.type !== 'kept' ? here : first
  if (diff.isCompacted) return proven('compaction', `Codex compacted the conversation ${where}`, at)
  if (kind === 'tools') return proven('tools', `${describeTools(diff.tools)} ${where}`, at)
  if (kind === 'instructions') return proven('instructions', `${describeInstructions(here?.type)} ${where}`, at)
  if (here?.type === 'changed') return proven('changed', `The item at position ${at} changed, ${upToThere}.`, at)
  const removed = diff.changes.filter(({ type }) => type === 'removed').length
  if (removed > 0) {
    const items = removed === 1 ? 'An item of the history was' : `${removed} items of the history were`
    return proven('removed', `${items} left out ${where}`, at)
  }
  return proven('changed', `Something was put in ${where}`, at)
}

/** Whether a change only adds to the end of what was there. */
function isKeptOrNew(prefixItems: number) {
  return (change: ContextDiff['changes'][number]): boolean =>
    change.type === 'kept'
      ? change.itemIndex === 0 && change.count === prefixItems
      : change.type === 'added' && change.itemIndex >= prefixItems
}

function guess(exchange: Facts, before: Facts): Cause {
  const guessed = (cause: Cause['cause'], sentence: string): Cause => ({
    cause,
    itemIndex: null,
    sentence,
    isGuess: true,
  })
  if (before.status !== 'completed') {
    return guessed(
      'previousFailed',
      'Probably because the previous request did not end well: it may have left nothing in the cache.',
    )
  }
  const pauseMs = exchange.startedAt - (before.startedAt + (before.durationMs ?? 0))
  if (pauseMs > longPauseMs) {
    return guessed(
      'pause',
      `Probably because ${Math.floor(pauseMs / 60_000)} minutes passed since the previous request: OpenAI's cache may not have kept it that long.`,
    )
  }
  return guessed('unknown', "OpenAI's cache no longer had this conversation; the requests do not show why.")
}

function describeInstructions(type: ContextDiff['changes'][number]['type'] | undefined): string {
  switch (type) {
    case 'added':
      return 'Instructions were put in'
    case 'changed':
      return 'The instructions changed'
    default:
      return 'Instructions were left out'
  }
}

function describeTools({ added, removed, changed }: ContextDiff['tools']): string {
  const parts = [
    ...(added.length > 0 ? [`${count(added)} added (${name(added)})`] : []),
    ...(removed.length > 0 ? [`${count(removed)} taken away (${name(removed)})`] : []),
    ...(changed.length > 0 ? [`${count(changed)} changed (${name(changed)})`] : []),
  ]
  const [first, ...more] = parts
  if (first === undefined) return 'The tools came in another order'
  return [first.charAt(0).toUpperCase() + first.slice(1), ...more].join(', ')
}

function count(names: string[]): string {
  return names.length === 1 ? 'a tool was' : `${names.length} tools were`
}

function name(names: string[]): string {
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`
}
