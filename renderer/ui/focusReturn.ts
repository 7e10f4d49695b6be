import { useEffect, useLayoutEffect, useRef } from 'react'

/**
 * What floats above the page is opened by keys too, with no button to go back to: the focus goes back to where it was before the
 * first of it opened, so that the keyboard goes on there.
 */
interface Place {
  element: HTMLElement
  /** Finds what took its place when its row was drawn anew. */
  selector: string | null
  address: string
}

let place: Place | null = null

/** For what floats: notes where the focus was, before anything in it takes the focus. */
export function useNotedFocus(isOpen: boolean) {
  useLayoutEffect(() => {
    const element = isOpen ? findOpener(document.activeElement) : null
    // One that opens out of another goes back to where that one came from, unless that is another page by now.
    if (element) place = { element, selector: selectorOf(element), address: location.hash }
    else if (isOpen && place?.address !== location.hash) place = null
  }, [isOpen])
}

/** Keys may come faster than what closes gives the focus back: where they led, it stays. */
function hasGoneOn(): boolean {
  const { activeElement } = document
  return activeElement !== null && activeElement !== document.body
}

/** For a menu that has closed: the focus goes back to its button. */
export function leaveFocus(event: Event) {
  if (hasGoneOn()) event.preventDefault()
}

/** For what has closed and gives the focus to something else than it was opened by. */
export function giveFocus(event: Event, to: HTMLElement | null | undefined) {
  event.preventDefault()
  if (!hasGoneOn()) to?.focus({ preventScroll: true })
}

/** For a dialog that has closed. */
export function returnFocus(event: Event) {
  if (event.defaultPrevented) return
  event.preventDefault()
  goBack(null)
}

/** For a field that takes the place of what it changes, and goes when it is done; `findFallback` is for what went with it. */
export function useReturnedFocus(isOpen: boolean, findFallback: () => HTMLElement | null) {
  useNotedFocus(isOpen)
  const latest = useRef(findFallback)
  latest.current = findFallback
  useEffect(() => {
    if (!isOpen) return
    return () => void setTimeout(() => goBack(latest.current()))
  }, [isOpen])
}

/** Who went elsewhere meanwhile, or gave the focus away, is left alone. */
function goBack(fallback: HTMLElement | null) {
  if (document.querySelector('[role="dialog"]')) return
  const noted = place
  place = null
  if (noted !== null && noted.address !== location.hash) return
  if (hasGoneOn()) return
  const found = noted?.element.isConnected
    ? noted.element
    : noted?.selector && document.querySelector<HTMLElement>(noted.selector)
  const to = found || fallback
  to?.focus({ preventScroll: true })
}

/** What was used on the page: of a menu, the button that it hangs on; null for what is in something that floats. */
function findOpener(active: Element | null): HTMLElement | null {
  if (!(active instanceof HTMLElement) || active === document.body) return null
  const menu = active.closest('[role="menu"]')
  if (menu) return document.getElementById(menu.getAttribute('aria-labelledby') ?? '')
  return active.closest('[role="dialog"]') ? null : active
}

function selectorOf(element: HTMLElement): string | null {
  const key = element.closest<HTMLElement>('[data-key]')?.dataset.key
  return key === undefined ? null : `[data-key="${CSS.escape(key)}"] :is(a, [tabindex])`
}
