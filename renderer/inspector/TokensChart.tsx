import { useMemo, useState } from 'react'
import type { Turn } from '../../contract/domain/turn.ts'
import { formatMoment } from '../account/moments.ts'
import { Button, Keys } from '../ui/Controls.tsx'
import { useNow } from '../ui/clock.ts'
import { formatPercent, formatTokens } from '../ui/formatting.ts'
import { StepSlider } from '../ui/StepSlider.tsx'
import { layOutTokens, type TokenBar } from './layOutTokens.ts'
import styles from './Parts.module.css'
import { Section } from './Section.tsx'
import { Legend } from './StackedBar.tsx'
import type { Selection } from './selectExchange.ts'

const maxBars = 120
const height = 88
const rateHeight = 24
/** The words over the rates stand in it. */
const gap = 18

/** How full the window was from request to request, and how much of it came from the cache; `t` shows the numbers. */
export function TokensChart({
  turns,
  isTable,
  onTable,
  onShow,
}: {
  turns: Turn[]
  isTable: boolean
  onTable(isTable: boolean): void
  onShow(selection: Selection): void
}) {
  const { bars, highest } = useMemo(() => layOutTokens(turns, maxBars), [turns])
  const [chosen, setChosen] = useState<number | null>(null)
  const now = useNow(false)
  const at = chosen === null ? bars.length - 1 : Math.min(chosen, bars.length - 1)
  const bar = bars[at]
  if (!bar) {
    return (
      <Section title="Tokens over time">
        <p className={styles.note}>No request has reported tokens yet.</p>
      </Section>
    )
  }
  const show = () => onShow({ turnId: bar.turnId, exchangeId: bar.exchangeId })
  const step = 100 / bars.length
  const tall = (tokens: number) => (height * tokens) / highest
  return (
    <Section
      title="Tokens over time"
      value={
        <Button
          tone="plain"
          className={styles.small}
          onClick={() => onTable(!isTable)}
          aria-pressed={isTable}
          data-swaps
        >
          Numbers <Keys keys="t" />
        </Button>
      }
    >
      {isTable ? (
        <TokenTable bars={bars} onShow={onShow} />
      ) : (
        <>
          <StepSlider
            className={styles.chart}
            label="Tokens of each request"
            count={bars.length}
            at={at}
            words={describeBar(bar, now)}
            onStep={setChosen}
            onOpen={show}
            // The last one that was pointed at stays the one that is told of.
            onPoint={(index) => index !== null && setChosen(index)}
            onPress={show}
          >
            <svg viewBox={`0 0 100 ${height + gap + rateHeight}`} preserveAspectRatio="none" aria-hidden>
              {bars.map((one, index) => {
                const x = index * step
                const width = step * 0.82
                const output = tall(one.outputTokens)
                const fresh = tall(one.freshTokens)
                const cached = tall(one.cachedTokens)
                return (
                  <g key={one.exchangeId} data-chosen={index === at || undefined}>
                    <rect data-tone="cached" x={x} y={height - cached} width={width} height={cached} />
                    <rect data-tone="fresh" x={x} y={height - cached - fresh} width={width} height={fresh} />
                    <rect data-tone="output" x={x} y={height - cached - fresh - output} width={width} height={output} />
                    <rect data-tone="track" x={x} y={height + gap} width={width} height={rateHeight} />
                    <rect
                      data-tone="rate"
                      x={x}
                      y={height + gap + rateHeight * (1 - (one.cachedPercent ?? 0) / 100)}
                      width={width}
                      height={(rateHeight * (one.cachedPercent ?? 0)) / 100}
                    />
                  </g>
                )
              })}
            </svg>
            <span className={styles.scale}>{formatTokens(highest)}</span>
            <span className={styles.scaleRate}>cache hits</span>
          </StepSlider>
          <p className={styles.readout}>{describeBar(bar, now)}</p>
          <Legend
            segments={[
              { name: 'Cached', value: 1, words: '', tone: 'cached' },
              { name: 'Fresh', value: 1, words: '', tone: 'fresh' },
              { name: 'Output', value: 1, words: '', tone: 'output' },
            ]}
          />
        </>
      )}
    </Section>
  )
}

function describeBar(bar: TokenBar, now: number): string {
  const which = bar.from === bar.to ? `Request ${bar.from}` : `Requests ${bar.from} to ${bar.to}, on average`
  const rate = bar.cachedPercent === null ? '' : ` (${formatPercent(bar.cachedPercent)})`
  return `${which}, ${formatMoment(bar.startedAt, now)}: ${formatTokens(bar.cachedTokens)} cached${rate}, ${formatTokens(bar.freshTokens)} fresh, ${formatTokens(bar.outputTokens)} out`
}

function TokenTable({ bars, onShow }: { bars: TokenBar[]; onShow(selection: Selection): void }) {
  const now = useNow(false)
  return (
    <table className={styles.kinds} data-numbers>
      <thead>
        <tr>
          <th scope="col">Request</th>
          <th scope="col">Cached</th>
          <th scope="col">Fresh</th>
          <th scope="col">Output</th>
          <th scope="col">Hit rate</th>
        </tr>
      </thead>
      <tbody>
        {bars.map(({ from, to, startedAt, turnId, exchangeId, ...bar }) => (
          <tr key={exchangeId}>
            <th scope="row">
              <button type="button" onClick={() => onShow({ turnId, exchangeId })}>
                {from === to ? from : `${from}–${to}`}{' '}
                <span className={styles.soft}>{formatMoment(startedAt, now)}</span>
              </button>
            </th>
            <td>{formatTokens(bar.cachedTokens)}</td>
            <td>{formatTokens(bar.freshTokens)}</td>
            <td>{formatTokens(bar.outputTokens)}</td>
            <td>{bar.cachedPercent === null ? '' : formatPercent(bar.cachedPercent)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
