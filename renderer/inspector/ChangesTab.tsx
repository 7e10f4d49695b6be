import { CircleCheck, TriangleAlert } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Result } from '../../contract/api.ts'
import type { CacheMiss, ContextChange, ContextDiff } from '../../contract/domain/context.ts'
import type { Exchange } from '../../contract/domain/exchange.ts'
import { findPrice, priceGroups } from '../../contract/domain/price.ts'
import { Twist } from '../conversation/Fold.tsx'
import { Button, Hidden } from '../ui/Controls.tsx'
import { cachedPercent, formatCount, formatPercent, formatTokens } from '../ui/formatting.ts'
import { formatShortCost } from '../ui/money.ts'
import { revealControls } from '../ui/untrustedText.ts'
import type { Path } from './jsonRows.ts'
import { nameChange, toolsBesideItems } from './nameChange.ts'
import styles from './Parts.module.css'
import { Section } from './Section.tsx'
import { usePrices } from './usePrices.ts'
import { useShown } from './useShown.tsx'

/** What became of the previous request's context, and why the cache missed if it did. */
export function ChangesTab({
  exchange,
  context,
  onJump,
  onShow,
}: {
  exchange: Exchange
  context: Result<'exchange/context'>
  onJump(path: Path): void
  onShow(exchangeId: string): void
}) {
  const { diff, cacheMiss, previousExchangeId } = context
  const cached = exchange.usage ? cachedPercent(exchange.usage) : null
  return (
    <>
      <Section
        title="Cache"
        value={
          cached !== null && (
            <span className={cacheMiss ? styles.warnTag : styles.tag}>{formatPercent(cached)} cached</span>
          )
        }
      >
        <CacheReason exchange={exchange} miss={cacheMiss} hasBefore={diff !== null} />
      </Section>
      {diff && previousExchangeId !== null ? (
        <Section
          title="Since the previous request"
          value={
            <Button tone="plain" className={styles.small} onClick={() => onShow(previousExchangeId)}>
              Show the request before
            </Button>
          }
        >
          <OtherChanges diff={diff} />
          <ChangeList changes={diff.changes} prefixItems={diff.prefixItems} onJump={onJump} />
        </Section>
      ) : (
        <Section title="Since the previous request">
          <p className={styles.note}>
            {exchange.kind === 'turn' || exchange.kind === 'compaction'
              ? 'This is the first request of its thread.'
              : 'It is not part of the conversation, so there is nothing to compare it with.'}
          </p>
        </Section>
      )}
    </>
  )
}

/** Whether the cache held, and if not, why and what it cost. */
export function CacheReason({
  exchange,
  miss,
  hasBefore,
}: {
  exchange: Exchange
  miss: CacheMiss | null
  hasBefore: boolean
}) {
  const prices = usePrices()
  if (!miss) {
    return (
      <p className={styles.reason}>
        <CircleCheck aria-hidden />
        <span>
          {exchange.usage
            ? hasBefore
              ? 'The cache held: most of what was sent before did not have to be read again.'
              : 'Nothing was missed: little of it could be in the cache.'
            : 'OpenAI reported no tokens, so what came from the cache is not known.'}
        </span>
      </p>
    )
  }
  const price = prices && findPrice(prices.table, exchange.model)
  const dearer =
    prices && price && miss.missedTokens
      ? priceGroups({ ...prices.table, models: { it: { ...price, input: Math.max(0, price.input - price.cached) } } }, [
          {
            model: 'it',
            isLong: false,
            usage: {
              inputTokens: miss.missedTokens,
              cachedInputTokens: 0,
              outputTokens: 0,
              reasoningTokens: 0,
              totalTokens: miss.missedTokens,
            },
          },
        ])
      : null
  return (
    <p className={styles.reason} data-tone={miss.cause === 'first' ? undefined : 'warn'}>
      <TriangleAlert aria-hidden />
      <span>
        <b>{revealControls(miss.sentence)}</b>
        {miss.missedTokens !== null && miss.missedTokens > 0 && (
          <>
            {' '}
            About {formatTokens(miss.missedTokens)} tokens that had been sent before were read again
            {dearer && `, ${formatShortCost(dearer.usd, exchange.accountMode)} more than from the cache`}.
          </>
        )}
      </span>
    </p>
  )
}

function OtherChanges({ diff }: { diff: ContextDiff }) {
  const { changed, isFieldChanged } = diff.tools
  const { added, removed } = toolsBesideItems(diff)
  const settings = diff.settings.filter((name) => name !== 'service_tier')
  if (
    added.length + removed.length + changed.length === 0 &&
    !isFieldChanged &&
    !diff.areInstructionsChanged &&
    settings.length === 0
  )
    return null
  const rows: [sign: Sign, words: string, names: string[]][] = [
    ['+', formatCount(added.length, 'tool'), added],
    ['−', formatCount(removed.length, 'tool'), removed],
    ['~', formatCount(changed.length, 'tool'), changed],
    ['~', 'Instructions', diff.areInstructionsChanged ? ['instructions'] : []],
    ['~', formatCount(settings.length, 'setting'), settings.map((name) => describeSetting(name, diff))],
  ]
  return (
    <ul className={styles.changes}>
      {rows.map(([sign, words, names]) =>
        names.length === 0 ? null : (
          <Folded key={`${sign}${words}`} sign={sign} title={words} meta={sayChange(sign)}>
            <ul>
              {names.slice(0, 500).map((name) => (
                <li key={name}>
                  <code>{revealControls(name)}</code>
                </li>
              ))}
            </ul>
          </Folded>
        ),
      )}
    </ul>
  )
}

/** With the values where they are short. */
function describeSetting(name: string, { settingValues }: ContextDiff): string {
  const values = settingValues?.[name]
  return values ? `${name}: ${values.before} → ${values.after}` : name
}

function ChangeList({
  changes,
  prefixItems,
  onJump,
}: {
  changes: ContextChange[]
  prefixItems: number
  onJump(path: Path): void
}) {
  const { shown, more } = useShown(changes, 'change')
  if (changes.length === 0) return <p className={styles.note}>Neither request sent any items.</p>
  return (
    <>
      <div className={styles.changeHead} aria-hidden>
        <span>Item</span>
        <span className={styles.meta}>
          <span title="In the input of the request, counted from 0">Position</span>
          <b>Tokens</b>
        </span>
      </div>
      <ul className={styles.changes}>
        {shown.map((change) => (
          <ChangeRow
            key={`${change.type} ${change.type === 'removed' ? change.previousIndex : change.itemIndex}`}
            change={change}
            isPrefix={change.type === 'kept' && change.itemIndex === 0 && change.count === prefixItems}
            onJump={onJump}
          />
        ))}
      </ul>
      {more}
    </>
  )
}

type Sign = '+' | '−' | '~' | '='

function sayChange(sign: Sign): string {
  return sign === '+' ? 'added' : sign === '−' ? 'removed' : sign === '~' ? 'changed' : 'kept'
}

function ChangeRow({
  change,
  isPrefix,
  onJump,
}: {
  change: ContextChange
  isPrefix: boolean
  onJump(path: Path): void
}) {
  const place = (position: number | string) => (
    <>
      <Hidden>at position </Hidden>
      {position}
      <b>
        ≈ {formatTokens(change.tokens)}
        <Hidden> tokens</Hidden>
      </b>
    </>
  )
  switch (change.type) {
    case 'kept':
      return (
        <li>
          <button type="button" onClick={() => onJump(['input', change.itemIndex])}>
            <Mark sign="=" />
            <span className={styles.label}>
              {formatCount(change.count, 'item')} unchanged
              {!isPrefix && ', after the change'}
            </span>
            <span className={styles.meta}>
              {place(
                change.count === 1 ? change.itemIndex : `${change.itemIndex}–${change.itemIndex + change.count - 1}`,
              )}
            </span>
          </button>
        </li>
      )
    case 'added':
      return (
        <li data-sign="+">
          <button type="button" onClick={() => onJump(['input', change.itemIndex])}>
            <Mark sign="+" />
            <span className={styles.label}>{revealControls(nameChange(change))}</span>
            <span className={styles.meta}>{place(change.itemIndex)}</span>
          </button>
        </li>
      )
    case 'removed':
      return (
        <li data-sign="−">
          <div>
            <Mark sign="−" />
            <span className={styles.label}>{revealControls(nameChange(change))}</span>
            <span className={styles.meta}>{place(`was ${change.previousIndex}`)}</span>
          </div>
        </li>
      )
    case 'changed':
      return (
        <Folded sign="~" title={revealControls(nameChange(change))} meta={place(change.itemIndex)}>
          <div className={styles.excerpts}>
            <pre data-sign="−">
              <Hidden>Before: </Hidden>
              {revealControls(change.before)}
            </pre>
            <pre data-sign="+">
              <Hidden>After: </Hidden>
              {revealControls(change.after)}
            </pre>
            <Button tone="plain" className={styles.small} onClick={() => onJump(['input', change.itemIndex])}>
              Show it in the request
            </Button>
          </div>
        </Folded>
      )
  }
}

function Folded({ sign, title, meta, children }: { sign: Sign; title: string; meta: ReactNode; children: ReactNode }) {
  const [isOpen, setIsOpen] = useState(sign === '~')
  return (
    <li data-sign={sign}>
      <button type="button" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        <Twist />
        <Mark sign={sign} />
        <span className={styles.label}>{title}</span>
        <span className={styles.meta}>{meta}</span>
      </button>
      {isOpen && children}
    </li>
  )
}

function Mark({ sign }: { sign: Sign }) {
  return (
    <span className={styles.sign}>
      <span aria-hidden>{sign}</span>
      <Hidden>{sayChange(sign)}</Hidden>
    </span>
  )
}
