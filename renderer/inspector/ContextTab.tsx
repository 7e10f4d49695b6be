import { useMemo } from 'react'
import type { Result } from '../../contract/api.ts'
import type { ContextPart } from '../../contract/domain/context.ts'
import type { Exchange } from '../../contract/domain/exchange.ts'
import { formatBytes } from '../ui/bytes.ts'
import { Hidden } from '../ui/Controls.tsx'
import { formatCount, formatTokens } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import type { Path } from './jsonRows.ts'
import styles from './Parts.module.css'
import { Section } from './Section.tsx'
import { StackedBar, Swatch } from './StackedBar.tsx'
import { nameRole, orderBySize, stackContext } from './stackContext.ts'
import { useShown } from './useShown.tsx'

/** What filled the window: by kind, then part by part, the largest first. A part leads to where it stands in the request. */
export function ContextTab({
  exchange,
  context,
  onJump,
}: {
  exchange: Exchange
  context: Result<'exchange/context'>
  onJump(path: Path): void
}) {
  const rows = useMemo(() => stackContext(context.parts, context.diff?.previousTokens ?? null), [context])
  const ordered = useMemo(() => orderBySize(context.parts), [context])
  const { shown, more } = useShown(ordered, 'part')
  const total = context.parts.reduce((sum, { tokens }) => sum + tokens, 0)
  const isTold = (exchange.usage?.inputTokens ?? 0) > 0
  if (context.parts.length === 0) {
    return (
      <Section title="Context">
        <p className={styles.note}>
          This request sent nothing for the model to read
          {exchange.kind === 'prewarm' ? ': it only opens the connection' : ''}.
        </p>
      </Section>
    )
  }
  return (
    <>
      <Section
        title="Context"
        value={`${formatTokens(isTold ? (exchange.usage?.inputTokens ?? total) : total)} tokens`}
      >
        <StackedBar
          segments={rows.map(({ title, kind, tokens }) => ({
            name: title,
            value: tokens,
            words: `about ${formatTokens(tokens)} tokens`,
            tone: kind,
          }))}
        />
        <table className={styles.kinds}>
          <thead>
            <tr>
              <th scope="col">Kind</th>
              <th scope="col">Parts</th>
              <th scope="col">Size</th>
              <th scope="col">Tokens</th>
              <th scope="col">Change</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ kind, title, count, noun, bytes, tokens, tokensMore }) => (
              <tr key={kind}>
                <th scope="row">
                  <Swatch tone={kind} />
                  {title}
                </th>
                <td>{formatCount(count, noun)}</td>
                <td>{formatBytes(bytes)}</td>
                <td>≈ {formatTokens(tokens)}</td>
                <td>{describeMore(tokensMore)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className={styles.note}>
          {isTold
            ? 'The total is what OpenAI reported; its division among the parts is estimated by size.'
            : 'Estimated by size: OpenAI reported no tokens for this request.'}
        </p>
      </Section>
      <Section title="Parts, largest first" value={formatCount(ordered.length, 'part')}>
        <div className={styles.partHead} aria-hidden>
          <span>Part</span>
          <span className={styles.index} title="In the input of the request, counted from 0">
            Position
          </span>
          <span className={styles.size}>Size</span>
          <span className={styles.tokens}>Tokens</span>
        </div>
        <ol className={styles.parts}>
          {shown.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one request never move
            <li key={index}>
              <PartRow part={part} most={ordered[0]?.tokens ?? 1} onJump={onJump} />
            </li>
          ))}
        </ol>
        {more}
      </Section>
    </>
  )
}

function PartRow({ part, most, onJump }: { part: ContextPart; most: number; onJump(path: Path): void }) {
  const path: Path = part.itemIndex === null ? [part.field ?? 'input'] : ['input', part.itemIndex]
  return (
    <button type="button" className={styles.part} onClick={() => onJump(path)} title="Show it in the request">
      <Swatch tone={part.kind} />
      <span className={styles.role}>{nameRole(part)}</span>
      <span className={styles.label} dir="auto">
        {revealControls(part.label) || '(no text)'}
      </span>
      <span className={styles.index}>
        {part.itemIndex !== null && <Hidden>at position </Hidden>}
        {part.itemIndex ?? ''}
      </span>
      <span className={styles.size}>{formatBytes(part.bytes)}</span>
      <span className={styles.tokens}>
        ≈ {formatTokens(part.tokens)}
        <Hidden> tokens</Hidden>
      </span>
      <i className={styles.share} aria-hidden>
        <i data-tone={part.kind} style={{ width: `${(100 * part.tokens) / Math.max(1, most)}%` }} />
      </i>
    </button>
  )
}

function describeMore(tokens: number | null): string {
  if (tokens === null) return ''
  if (Math.abs(tokens) < 20) return 'same'
  return `${tokens > 0 ? '+' : '−'}${formatTokens(Math.abs(tokens))}`
}
