import { type RefObject, useEffect, useState } from 'react'

/** Whether an element was on the screen, or nearly so, once. */
export function useNear(element: RefObject<HTMLElement | null>): boolean {
  const [isNear, setIsNear] = useState(false)
  useEffect(() => {
    const watched = element.current
    if (!watched || isNear) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setIsNear(true)
      },
      // Measured by what scrolls: a margin around the window says nothing of what is clipped by it.
      { root: watched.closest('[data-conversation]'), rootMargin: '400px' },
    )
    observer.observe(watched)
    return () => observer.disconnect()
  }, [element, isNear])
  return isNear
}
