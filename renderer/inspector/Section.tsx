import type { ReactNode } from 'react'
import styles from './Parts.module.css'

/** One question that the inspector answers, with the answer in short at the end of its title. */
export function Section({ title, value, children }: { title: string; value?: ReactNode; children?: ReactNode }) {
  return (
    <section className={styles.section}>
      <h3>
        <span>{title}</span>
        {value !== undefined && value !== null && <span className={styles.value}>{value}</span>}
      </h3>
      {children}
    </section>
  )
}

/** Names and values in two columns; a value that is null is not shown. */
export function Facts({ rows }: { rows: [name: string, value: ReactNode][] }) {
  return (
    <dl className={styles.facts}>
      {rows.map(([name, value]) =>
        value === null || value === undefined ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}

export function Loading() {
  return (
    <p className={styles.loading} role="status">
      Reading…
    </p>
  )
}
