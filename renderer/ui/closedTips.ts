const closers = new WeakSet<Event>()

/** Escape closes a tooltip, and does what it does without one as well: nobody presses it for the tooltip alone. */
export function noteTipClosed(event: Event) {
  closers.add(event)
}

/** Whether somebody has done all that this key is for. */
export function isDone(event: Event): boolean {
  return event.defaultPrevented && !closers.has(event)
}

/** For whoever does what the key is for. */
export function finish(event: Event) {
  event.preventDefault()
  closers.delete(event)
}
