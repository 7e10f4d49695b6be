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
    const sentence = 'This is the first request of its conversation, so there was little that could be in the cache.'
    return { cause: 'first', itemIndex: null, sentence, isGuess: false, missedTokens: null }
  }
  return { ...findCause(exchange, previous), missedTokens: missed.tokens }
}

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
  if (setting) return proven('settings', `The prefix changed before item 0 because the request's ${setting} changed.`)
  if (diff.tools.isFieldChanged) {
    return proven('tools', `The prefix changed before item 0 because ${describeTools(diff.tools)}.`)
  }
  if (diff.areInstructionsChanged) {
    return proven('instructions', 'The prefix changed before item 0 because the instructions changed.')
  }
  const first = diff.changes.find((change) => change.type !== 'kept')
  const isExtended = !first || (first.type === 'added' && diff.changes.every(isKeptOrNew(diff.prefixItems)))
  if (isExtended) return guess(exchange, before)
  const at = diff.prefixItems
  const where = `The prefix changed at item ${at} because`
  // Where items left and came at one place, what came says more than what left.
  const here = diff.changes.find(
    (change) => change.type !== 'kept' && change.type !== 'removed' && change.itemIndex === at,
  )
  const { kind } = here && here.type !== 'kept' ? here : first
  if (diff.isCompacted) return proven('compaction', `${where} codex compacted the conversation.`, at)
  if (kind === 'tools') return proven('tools', `${where} ${describeTools(diff.tools)}.`, at)
  if (kind === 'instructions') return proven('instructions', `${where} ${describeInstructions(here?.type)}.`, at)
  if (here?.type === 'changed') return proven('changed', `${where} that item is not what it was.`, at)
  const removed = diff.changes.filter(({ type }) => type === 'removed').length
  if (removed > 0) {
    const items = removed === 1 ? 'an item of the history was' : `${removed} items of the history were`
    return proven('removed', `${where} ${items} left out.`, at)
  }
  return proven('changed', `${where} something was put in there.`, at)
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
      'The prefix is the same, but the previous request did not end well: it may have left nothing in the cache, which is a guess.',
    )
  }
  const pauseMs = exchange.startedAt - (before.startedAt + (before.durationMs ?? 0))
  if (pauseMs > longPauseMs) {
    return guessed(
      'pause',
      `The prefix is the same, but ${Math.floor(pauseMs / 60_000)} minutes passed since the previous request: the cache may not have lived that long, which is a guess.`,
    )
  }
  return guessed(
    'unknown',
    'The prefix is the same and the pause was short: why the cache did not hold cannot be seen from here.',
  )
}

function describeInstructions(type: ContextDiff['changes'][number]['type'] | undefined): string {
  switch (type) {
    case 'added':
      return 'instructions were put in there'
    case 'changed':
      return 'the instructions changed'
    default:
      return 'instructions were left out'
  }
}

function describeTools({ added, removed, changed }: ContextDiff['tools']): string {
  const parts = [
    ...(added.length > 0 ? [`${count(added)} added (${name(added)})`] : []),
    ...(removed.length > 0 ? [`${count(removed)} taken away (${name(removed)})`] : []),
    ...(changed.length > 0 ? [`${count(changed)} changed (${name(changed)})`] : []),
  ]
  return parts.length === 0 ? 'the tools came in another order' : parts.join(', ')
}

function count(names: string[]): string {
  return names.length === 1 ? 'a tool was' : `${names.length} tools were`
}

function name(names: string[]): string {
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`
}
