import styles from './Parts.module.css'

export interface Segment {
  name: string
  value: number
  /** The value in words. */
  words: string
  /** One of the tones of Parts.module.css. */
  tone: Tone
}

export type Tone =
  | 'instructions'
  | 'tools'
  | 'history'
  | 'files'
  | 'output'
  | 'images'
  | 'cached'
  | 'fresh'
  | 'reasoning'
  | 'waiting'
  | 'streaming'
  | 'toolTime'
  | 'idle'

/** Parts of a whole as one bar. What it shows is told in words beside it or by its name. */
export function StackedBar({ segments, label }: { segments: Segment[]; label?: string }) {
  const shown = segments.filter(({ value }) => value > 0)
  return (
    <div
      className={styles.bar}
      role="img"
      aria-label={label ?? segments.map(({ name, words }) => `${name} ${words}`).join(', ')}
    >
      {shown.map(({ name, value, words, tone }) => (
        <i key={name} data-tone={tone} style={{ flexGrow: value }} title={`${name}: ${words}`} />
      ))}
    </div>
  )
}

export function Legend({ segments }: { segments: Segment[] }) {
  return (
    <dl className={styles.legend}>
      {segments.map(({ name, words, tone }) => (
        <div key={name}>
          <dt>
            <Swatch tone={tone} />
            {name}
          </dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  )
}

export function Swatch({ tone }: { tone: Tone }) {
  return <i className={styles.swatch} data-tone={tone} aria-hidden />
}
