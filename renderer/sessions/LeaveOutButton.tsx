import { useClient } from '../client/ClientProvider.tsx'
import type { ListView } from '../client/state.ts'
import { Button } from '../ui/Controls.tsx'
import { withoutBroken } from './filterChips.ts'
import { showView } from './listAddress.ts'

/** Keeps of a filter what can be read. */
export function LeaveOutButton({ view, now }: { view: ListView; now: number }) {
  const client = useClient()
  const query = withoutBroken(view.query, now)
  return (
    <Button onClick={() => showView(client, { ...view, query })}>
      {query === '' ? 'Show all sessions' : 'Remove that part'}
    </Button>
  )
}
