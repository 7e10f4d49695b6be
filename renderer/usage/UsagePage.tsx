import { useRef } from 'react'
import { useKnownPrices } from '../inspector/usePrices.ts'
import { formatRoute, goTo, parseRoute, type Route, replaceRoute } from '../shell/route.ts'
import { Choice } from '../ui/Choice.tsx'
import { Button } from '../ui/Controls.tsx'
import { useNow } from '../ui/clock.ts'
import { HintBar, hintsEverywhere } from '../ui/HintBar.tsx'
import { Problem } from '../ui/Notices.tsx'
import { NumbersButton } from '../ui/NumbersButton.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { useFocused } from '../ui/useFocused.ts'
import { useShortcuts } from '../ui/useShortcuts.ts'
import styles from './UsagePage.module.css'
import { UsageReport } from './UsageReport.tsx'
import { localDay } from './usageBuckets.ts'
import { beginOfRange } from './usageTimes.ts'
import { type UsageView, wholeView } from './usageView.ts'
import { useUsage } from './useUsage.ts'

const ranges = [
  ['7', '7 days'],
  ['30', '30 days'],
  ['90', '90 days'],
  ['all', 'All'],
] as const

/** What was used over time, of what, and what it costs. */
export function UsagePage({ view = wholeView }: { view?: UsageView }) {
  const days = view.range === 'all' ? null : Number(view.range)
  const today = localDay(useNow(false))
  const since = beginOfRange(today, days)
  // As long again, to compare with.
  const { answer, problem, retry } = useUsage(beginOfRange(today, days === null ? null : 2 * days))
  const { prices, problem: priceProblem, retry: retryPrices } = useKnownPrices()
  // What is known stays until the other range is.
  const shown = useRef<{ usage: NonNullable<typeof answer>; since: number; days: number | null } | null>(null)
  if (answer) shown.current = { usage: answer, since, days }

  /** Back undoes a choice, but does not walk back through days that were looked at. */
  function onView(change: Partial<UsageView>) {
    const route: Route = { page: 'usage', view: { ...viewOfAddress(), ...change } }
    if (formatRoute(route) === location.hash) return
    if (Object.keys(change).every((key) => key === 'at' || key === 'isTable')) replaceRoute(route)
    else goTo(route)
  }

  useShortcuts({
    t: () => {
      onView({ isTable: !viewOfAddress().isTable })
      return undefined
    },
    Escape: () => {
      const { at, model, project } = viewOfAddress()
      if (at !== null) onView({ at: null })
      else if (model.length + project.length > 0) onView({ model: [], project: [] })
      else return false
      return undefined
    },
  })
  const isAtChart = useFocused((active) => active?.matches('main [role="slider"]') ?? false)
  return (
    <>
      <header className={styles.head}>
        <h1>Usage</h1>
        <Choice
          label="How far back"
          value={view.range}
          options={ranges}
          onChange={(range) => onView({ range, at: null })}
        />
        <NumbersButton className={styles.numbers} isTable={view.isTable} onTable={(isTable) => onView({ isTable })} />
      </header>
      <section className={styles.scroll} aria-label="Usage">
        {problem !== null && (
          <div className={styles.problem}>
            <Problem title="What was used could not be read" actions={<Button onClick={retry}>Try again</Button>}>
              {revealControls(problem)}
            </Problem>
          </div>
        )}
        {problem === null && priceProblem !== null && (
          <div className={styles.problem}>
            <Problem title="The prices could not be read" actions={<Button onClick={retryPrices}>Try again</Button>}>
              {revealControls(priceProblem)}
            </Problem>
          </div>
        )}
        {shown.current && prices && (
          <UsageReport {...shown.current} prices={prices} today={today} view={view} onView={onView} />
        )}
      </section>
      <HintBar
        hints={[
          [['t'], view.isTable ? 'charts' : 'numbers'],
          isAtChart && [['←', '→'], 'day'],
          isAtChart && view.at !== null && [['↵'], 'sessions'],
          view.at !== null && [['Esc'], 'clear the day'],
          view.at === null && view.model.length + view.project.length > 0 && [['Esc'], 'show all again'],
          ...hintsEverywhere,
        ]}
      />
    </>
  )
}

/** The address is ahead of what is drawn: a key may be pressed before the one before it is seen. */
function viewOfAddress(): UsageView {
  const route = parseRoute(location.hash)
  return (route.page === 'usage' && route.view) || wholeView
}
