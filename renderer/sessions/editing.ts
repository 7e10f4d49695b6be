import { create } from 'zustand'
import { leaveFocus } from '../ui/focusReturn.ts'

export type EditedPart = 'title' | 'tag' | 'note'

/** What is edited: `of` is the session whose head shows the field, or `chosen` for those that are chosen in the list. */
interface Editing {
  of: string | null
  part: EditedPart | null
}

const nothing: Editing = { of: null, part: null }

/** The one field of a session that is open. It is asked for beside it, by a key, by a menu and by the palette. */
const useEditing = create<Editing>(() => nothing)

export function useIsEditing(of: string, part: EditedPart): boolean {
  return useEditing((now) => now.of === of && now.part === part)
}

export function beginEditing(of: string, part: EditedPart) {
  useEditing.setState({ of, part })
}

/** Without `part`, whichever it is. */
export function endEditing(of: string, part?: EditedPart) {
  useEditing.setState((now) => (now.of === of && (part === undefined || now.part === part) ? nothing : now))
}

/** For what closes over the page: it gives the focus back to where it was, but not from a field that has just taken it. */
export function leaveFocusToField(event: Event) {
  if (useEditing.getState().of !== null) event.preventDefault()
  else leaveFocus(event)
}
