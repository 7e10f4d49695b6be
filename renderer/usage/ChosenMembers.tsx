import { X } from 'lucide-react'
import { formatRoute } from '../shell/route.ts'
import { formatCount } from '../ui/formatting.ts'
import { nameMember, nameMemberWhole } from './nameMember.ts'
import styles from './UsagePage.module.css'
import { type SplitBy, splitKeys, type UsageView } from './usageView.ts'

/** What the numbers are narrowed to, and the way back. */
export function ChosenMembers({ view }: { view: UsageView }) {
  const narrowed = splitKeys.filter((key) => view[key].length > 0)
  if (narrowed.length === 0) return null
  return (
    <ul className={styles.chosen} aria-label="Narrowed to">
      {narrowed.map((key) => (
        <li key={key}>
          <a
            href={formatRoute({ page: 'usage', view: { ...view, [key]: [] } })}
            // It is gone afterwards, and what is focused must not be.
            onClick={(event) => event.currentTarget.closest('main')?.focus()}
            title={`${view[key].map((member) => nameMemberWhole(member, key)).join(', ')}: show all again`}
          >
            <span>{nameChosen(view, key)} only</span>
            <X aria-label="show all again" />
          </a>
        </li>
      ))}
    </ul>
  )
}

function nameChosen(view: UsageView, key: SplitBy): string {
  const [first = null, ...others] = view[key]
  return others.length === 0 ? nameMember(first, key) : formatCount(others.length + 1, key)
}
