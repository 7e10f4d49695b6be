import { formatDuration } from '../ui/formatting.ts'
import styles from './Parts.module.css'
import { Section } from './Section.tsx'
import { Legend, type Segment, StackedBar } from './StackedBar.tsx'
import type { TimeSplit } from './timeSplit.ts'

export function TimeSection({ split }: { split: TimeSplit }) {
  const segment = (name: string, value: number, tone: Segment['tone']): Segment => ({
    name,
    value,
    words: formatDuration(value),
    tone,
  })
  const segments = [
    segment('Model', split.modelMs, 'streaming'),
    segment('Tools', split.toolsMs, 'toolTime'),
    segment('Waiting', split.waitingMs, 'idle'),
  ]
  const total = split.modelMs + split.toolsMs + split.waitingMs
  return (
    <Section title="Time" value={formatDuration(total)}>
      <StackedBar segments={segments} />
      <Legend segments={segments} />
      <p className={styles.note}>
        Tools include the time they waited for your approval, which is not recorded separately.
      </p>
    </Section>
  )
}
