import { type RefObject, useEffect, useState } from 'react'

/** The inner size of an element; nothing until it was measured. */
export function useRoom(element: RefObject<HTMLElement | null>): { width: number; height: number } {
  const [room, setRoom] = useState({ width: 0, height: 0 })
  useEffect(() => {
    const measured = element.current
    if (!measured) return
    // Its own size, which scroll bars that come and go do not change.
    const measure = () => setRoom({ width: measured.offsetWidth, height: measured.offsetHeight })
    const observer = new ResizeObserver(measure)
    observer.observe(measured)
    measure()
    return () => observer.disconnect()
  }, [element])
  return room
}
