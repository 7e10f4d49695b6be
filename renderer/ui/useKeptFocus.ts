import { useEffect } from 'react'

const focusable =
  'a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), select:not(:disabled), [tabindex="0"]'

/** A control, and for each element around it, from the inside out, the how many-th in there it is. */
interface Place {
  control: HTMLElement
  around: { element: Element; nth: number }[]
  page: string
}

/**
 * Many a control is gone when it has done its work: a filter that is taken away, a notice that is dismissed. By keyboard the
 * focus goes on at what has taken its place, or stands next to it, and not at the begin of the page.
 */
export function useKeptFocus() {
  useEffect(() => {
    let place: Place | null = null
    const observer = new MutationObserver(() => {
      if (!place || place.control.isConnected) return
      const gone = place
      forget()
      // After those who know better where it goes on.
      setTimeout(() => goOnNear(gone))
    })
    function forget() {
      place = null
      observer.disconnect()
    }
    function onKeyDown() {
      forget()
      const control = document.activeElement
      if (!(control instanceof HTMLElement) || !control.matches(focusable)) return
      if (control.closest('[role="dialog"], [role="menu"], input, textarea')) return
      place = placeOf(control)
      observer.observe(document.body, { childList: true, subtree: true })
    }
    const events = ['focusin', 'pointerdown'] as const
    window.addEventListener('keydown', onKeyDown, { capture: true })
    for (const event of events) window.addEventListener(event, forget)
    return () => {
      forget()
      window.removeEventListener('keydown', onKeyDown, { capture: true })
      for (const event of events) window.removeEventListener(event, forget)
    }
  }, [])
}

function placeOf(control: HTMLElement): Place {
  const pane = control.closest('[data-pane], main')
  const before = [...(pane?.querySelectorAll(focusable) ?? [])]
  before.length = Math.max(0, before.indexOf(control))
  const around: Place['around'] = []
  for (let element = control.parentElement; element && element !== document.body; element = element.parentElement) {
    const first = before.findIndex((each) => element?.contains(each))
    around.push({ element, nth: first === -1 ? 0 : before.length - first })
    if (element === pane) break
  }
  return { control, around, page: pageOf(location.hash) }
}

function pageOf(hash: string): string {
  return hash.split('?')[0] ?? ''
}

function goOnNear({ around, page }: Place) {
  const isLost = document.activeElement === document.body && !document.querySelector('[role="dialog"]')
  if (!isLost || pageOf(location.hash) !== page) return
  for (const { element, nth } of around) {
    const left = element.isConnected ? [...element.querySelectorAll<HTMLElement>(focusable)].filter(isShown) : []
    const next = left[Math.min(nth, left.length - 1)]
    if (!next) continue
    next.focus()
    return
  }
}

function isShown(element: HTMLElement): boolean {
  return element.checkVisibility()
}
