import { useMemo } from 'react'
import type { Limits } from '../../contract/domain/limits.ts'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './LimitTables.module.css'
import { layOutStrips, type Strip } from './limitStrips.ts'

/** What the charts draw, in numbers; the newest first. */
export function LimitTables({ history, days, now }: { history: Limits[]; days: number; now: number }) {
  const { short, long } = useMemo(() => layOutStrips(history, days, now), [history, days, now])
  return (
    <div className={styles.tables}>
      {[short, long].map((strip) => strip.marks.length > 0 && <StripTable key={strip.title} strip={strip} />)}
    </div>
  )
}

function StripTable({ strip: { title, heads, marks } }: { strip: Strip }) {
  return (
    <table className={styles.table}>
      <caption>{revealControls(title)}</caption>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {marks.toReversed().map(({ left, isFull, cells: [when, ...numbers] }) => (
          <tr key={left} data-full={isFull || undefined}>
            <th scope="row">{when}</th>
            {numbers.map((number, index) => (
              <td key={heads[index + 1]}>{number || '–'}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
