import { ListX, Star } from 'lucide-react'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { useRoute } from '../shell/route.ts'
import { Button, Keys } from '../ui/Controls.tsx'
import { useNow } from '../ui/clock.ts'
import { Empty } from '../ui/Notices.tsx'
import { useIsNarrow } from '../ui/narrow.ts'
import { chipsOf } from './filterChips.ts'
import { showView, starredQuery } from './listAddress.ts'

/** That no session is starred, or fits the filters, and what to do about it. */
export function NoneFits() {
  const client = useClient()
  const query = useAppState(({ view }) => view.query)
  const chips = chipsOf(query, useNow(false))
  if (query === starredQuery) {
    return (
      <div role="status">
        <Empty icon={Star} title="No starred sessions yet">
          Press <Keys keys="s" /> or the star in a session. Starred sessions are never deleted automatically.
        </Empty>
      </div>
    )
  }
  const filters = chips.length > 1 ? 'filters' : 'filter'
  return (
    <div role="status">
      <Empty
        icon={ListX}
        title={`No session fits the ${filters}`}
        action={
          <Button
            onClick={() => {
              showView(client, { query: '', sort: 'updated' })
              focusFirstRow()
            }}
          >
            Clear {filters}
          </Button>
        }
      />
    </div>
  )
}

/** It is said once: beside the list where nothing else is shown there, else in it. */
export function useSaysBeside(): boolean {
  const { page } = useRoute()
  const isNarrow = useIsNarrow()
  return !isNarrow && page !== 'session'
}

/** Rows are drawn some frames after there are any. */
function focusFirstRow(framesLeft = 20) {
  requestAnimationFrame(() => {
    const row = document.querySelector<HTMLElement>('[data-rows] li[data-key] a')
    if (row) row.focus({ preventScroll: true })
    else if (framesLeft > 0) focusFirstRow(framesLeft - 1)
  })
}
