import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

const nearPx = 32

/**
 * Sticks to the end of what grows until the reader scrolls up, and again from when they are back at the end.
 * `isOn` says whether it sticks now; `jump` goes to the end.
 */
export function useFollow(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  isLive: boolean,
  startsAtEnd: boolean,
) {
  const [isOn, setIsOn] = useState(startsAtEnd)
  const sticks = useRef(startsAtEnd)
  const lastTop = useRef(0)

  const set = useCallback((value: boolean) => {
    sticks.current = value
    setIsOn(value)
  }, [])

  const jump = useCallback(() => {
    const element = scroller.current
    if (!element) return
    set(true)
    element.scrollTop = element.scrollHeight
  }, [scroller, set])

  useLayoutEffect(() => {
    const element = scroller.current
    if (element && sticks.current) element.scrollTop = element.scrollHeight
  }, [scroller])

  useEffect(() => {
    const [element, inner] = [scroller.current, content.current]
    if (!element || !inner) return
    const observer = new ResizeObserver(() => {
      if (sticks.current && isLive) element.scrollTop = element.scrollHeight
    })
    observer.observe(inner)
    observer.observe(element)
    function onScroll() {
      if (!element) return
      const fromEnd = element.scrollHeight - element.scrollTop - element.clientHeight
      if (fromEnd <= nearPx) {
        if (!sticks.current) set(true)
      } else if (element.scrollTop < lastTop.current - 1 && sticks.current) set(false)
      lastTop.current = element.scrollTop
    }
    // Whoever folds something out wants to read it, not to be carried past it.
    function onClick(event: Event) {
      const isFold = event.target instanceof Element && event.target.closest('[aria-expanded]')
      if (isFold && sticks.current) set(false)
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    element.addEventListener('click', onClick)
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', onScroll)
      element.removeEventListener('click', onClick)
    }
  }, [scroller, content, isLive, set])

  return { isOn, jump, release: useCallback(() => set(false), [set]) }
}
