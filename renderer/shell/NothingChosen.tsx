import { FilterX, MousePointerClick } from 'lucide-react'
import { useAppState } from '../client/ClientProvider.tsx'
import { chipsOf } from '../sessions/filterChips.ts'
import { LeaveOutButton } from '../sessions/LeaveOutButton.tsx'
import { starredQuery } from '../sessions/listAddress.ts'
import { NoneFits, useSaysBeside } from '../sessions/NoneFits.tsx'
import { Keys } from '../ui/Controls.tsx'
import { useNow } from '../ui/clock.ts'
import { Empty } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './App.module.css'

/** Beside the list, while none of its sessions is open: there may be none to open. */
export function NothingChosen() {
  const view = useAppState((state) => state.view)
  const isNoneThere = useAppState(
    ({ narrowed }) => narrowed?.state === 'ready' && !narrowed.isPartial && narrowed.total === 0,
  )
  const isSaidHere = useSaysBeside()
  const now = useNow(false)
  const broken = chipsOf(view.query, now).filter(({ isBroken }) => isBroken)
  return (
    <div className={styles.center}>
      <div>
        {broken.length > 0 ? (
          <Empty icon={FilterX} title="The filter cannot be read" action={<LeaveOutButton view={view} now={now} />}>
            No session is listed until {nameAll(broken.map(({ label }) => `“${revealControls(label)}”`))}{' '}
            {broken.length === 1 ? 'is' : 'are'} changed or left out.
          </Empty>
        ) : isNoneThere ? (
          isSaidHere && <NoneFits />
        ) : (
          <Empty icon={MousePointerClick} title="Choose a session">
            Its conversation opens here, and goes on while it is live.
          </Empty>
        )}
        <dl className={styles.hints}>
          {isNoneThere && view.query === starredQuery ? null : broken.length > 0 || isNoneThere ? (
            <>
              <dt>
                <Keys keys="f" />
              </dt>
              <dd>change the filter</dd>
            </>
          ) : (
            <>
              <dt>
                <Keys keys="j" />
                <Keys keys="k" />
              </dt>
              <dd>move in the list</dd>
            </>
          )}
          <dt>
            <Keys keys="mod+k" />
          </dt>
          <dd>search everything</dd>
          <dt>
            <Keys keys="?" />
          </dt>
          <dd>all shortcuts</dd>
        </dl>
      </div>
    </div>
  )
}

function nameAll(names: string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
