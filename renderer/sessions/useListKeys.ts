import type { Session } from '../../contract/domain/session.ts'
import { goTo, type Route, replaceRoute } from '../shell/route.ts'
import { isNarrow } from '../ui/narrow.ts'
import { useShortcuts } from '../ui/useShortcuts.ts'
import type { useListRows } from './useListRows.ts'
import type { useSelection } from './useSelection.ts'

/** The list by keys alone: stepping from session to session, choosing, and deleting. */
export function useListKeys({
  ordered,
  currentId,
  selection,
  rows: { scrollTo, focus, focusedId },
  onRemove,
}: {
  ordered: Session[]
  /** The session that is open beside the list. */
  currentId: string | null
  selection: ReturnType<typeof useSelection>
  rows: Pick<ReturnType<typeof useListRows>, 'scrollTo' | 'focus' | 'focusedId'>
  onRemove(ids: string[]): void
}): void {
  function step(by: 1 | -1): boolean {
    const isHere = document.activeElement?.closest('[data-pane="list"]') != null
    if (currentId !== null && !isHere) return false
    const index = ordered.findIndex(({ id }) => id === (focusedId() ?? currentId))
    const next = index === -1 ? (by === 1 ? 0 : ordered.length - 1) : index + by
    // At an end it is the one with the focus, which may not be open yet.
    const session = ordered[next] ?? ordered[index]
    if (!session) return true
    scrollTo(session.id)
    // Where a session takes the place of the list, Enter opens it.
    if (!isNarrow()) {
      const to: Route = { page: 'session', sessionId: session.id, turnId: null }
      if (currentId === null) goTo(to)
      else replaceRoute(to)
    }
    focus(session.id)
    return true
  }

  function removeByKey(): boolean {
    const focused = focusedId()
    if (focused === undefined) return false
    onRemove(selection.ids.length > 0 ? selection.ids : [focused])
    return true
  }

  useShortcuts({
    j: () => step(1) || false,
    k: () => step(-1) || false,
    ArrowDown: (event) => stepByArrow(1, event.shiftKey),
    ArrowUp: (event) => stepByArrow(-1, event.shiftKey),
    x: () => {
      const id = focusedId() ?? currentId
      if (id === null) return false
      selection.toggle(id)
      return undefined
    },
    m: openMenu,
    Delete: removeByKey,
    'mod+backspace': removeByKey,
    Escape: () => {
      if (selection.ids.length === 0) return false
      selection.clear()
      return undefined
    },
  })

  function stepByArrow(by: 1 | -1, isChoosing: boolean): boolean {
    const from = focusedId()
    if (from === undefined) return false
    const to = ordered[ordered.findIndex(({ id }) => id === from) + by]?.id
    if (isChoosing && to !== undefined) selection.stretch(from, to)
    return step(by)
  }
}

/** That of the row with the focus, as by the key that systems have for it. */
function openMenu(): boolean {
  const row = document.activeElement
  if (!row?.closest('[data-pane="list"] li[data-key]')) return false
  const { left, bottom } = row.getBoundingClientRect()
  row.dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: left + 24, clientY: bottom }),
  )
  return true
}
