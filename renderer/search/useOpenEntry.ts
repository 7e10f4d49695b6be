import { useState } from 'react'
import { useClient } from '../client/ClientProvider.tsx'
import { enterConversation } from '../conversation/entering.ts'
import { putInspectorAside } from '../inspector/inspectorState.ts'
import { goTo } from '../shell/route.ts'
import { isNarrow } from '../ui/narrow.ts'
import type { Action } from './action.ts'
import type { Entry } from './paletteEntries.ts'
import { noteAction } from './recentActions.ts'
import { seekHit } from './soughtHit.ts'
import type { SearchState } from './useSearch.ts'

interface OpeningOptions {
  search: SearchState
  /** Puts a completion into the input. */
  take(query: string): void
  onSave(query: string): void
  onClose(): void
}

/** What an entry does when it is chosen. `refusal` is why the last action did not work. */
export function useOpenEntry({ search, take, onSave, onClose }: OpeningOptions) {
  const client = useClient()
  const [refusal, setRefusal] = useState<string | null>(null)
  const [isBusy, setIsBusy] = useState(false)

  async function run(action: Action) {
    noteAction(action.id)
    const result = action.run()
    if (result === null) {
      onClose()
      return
    }
    setIsBusy(true)
    const problem = await result
    setIsBusy(false)
    if (problem === null) onClose()
    else setRefusal(problem)
  }

  function open(entry: Entry | undefined) {
    if (!entry) return
    const { target } = entry
    switch (target.type) {
      case 'complete':
        take(target.query)
        return
      case 'more':
        search.more(target.kind)
        return
      case 'action':
        if (!isBusy) void run(target.action)
        return
      case 'save':
        onSave(target.query)
        return
      case 'session':
        goTo({ page: 'session', sessionId: target.sessionId, turnId: null })
        enterConversation(target.sessionId)
        break
      case 'list':
        void client.setView({ query: target.query, sort: 'updated' })
        goTo({ page: 'sessions', query: target.query })
        break
      case 'hit': {
        const { sessionId, turnId, itemId } = target.hit
        seekHit(target.hit)
        // Its address may be the one that is open already.
        putInspectorAside(isNarrow())
        goTo({ page: 'session', sessionId, turnId, itemId })
      }
    }
    onClose()
  }

  return { open, isBusy, refusal, forgetRefusal: () => setRefusal(null) }
}
