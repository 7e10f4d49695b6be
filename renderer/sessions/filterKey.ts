import { type RefObject, useLayoutEffect } from 'react'
import { create } from 'zustand'
import { useClient } from '../client/ClientProvider.tsx'
import { goTo } from '../shell/route.ts'
import { useShortcuts } from '../ui/useShortcuts.ts'
import { routeOfView } from './listAddress.ts'

/** That the filter is to have the focus, as soon as the list is there to be seen. */
const useFilterWish = create<{ isWanted: boolean }>(() => ({ isWanted: false }))

/** From a page beside which there is no list the key leads to the list, narrowed as it was. */
export function useFilterKey({ hasList }: { hasList: boolean }) {
  const client = useClient()
  useShortcuts({
    f: () => {
      if (!hasList) return false
      useFilterWish.setState({ isWanted: true })
      const isShown = document.querySelector('[data-pane="list"]')?.checkVisibility() ?? false
      if (!isShown) goTo(routeOfView(client.store.getState().view))
      return undefined
    },
  })
}

/** Before whoever comes back to the list is put on the row that they came from. */
export function useFilterWished(field: RefObject<HTMLElement | null>) {
  const isWanted = useFilterWish((wish) => wish.isWanted)
  // At each drawing: a list that was hidden is only laid out in another way.
  useLayoutEffect(() => {
    if (!isWanted || !field.current?.checkVisibility()) return
    useFilterWish.setState({ isWanted: false })
    field.current.focus()
  })
}
