import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

const nearPx = 32

export interface Follow {
  /** Whether it sticks to the end now. */
  isOn: boolean
  /** Goes to the end. */
  jump(): void
  release(): void
  /** Where it is scrolled to now is nothing that the reader did. */
  expectTop(): void
}

/** Sticks to the end of what grows until the reader scrolls up, and again from when they are back at the end. */
export function useFollow(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  startsAtEnd: boolean,
): Follow {
  const [isOn, setIsOn] = useState(startsAtEnd)
  const sticks = useRef(startsAtEnd)
  const lastTop = useRef(0)

  const set = useCallback((value: boolean) => {
    sticks.current = value
    setIsOn(value)
  }, [])

  const toEnd = useCallback(() => {
    const element = scroller.current
    if (!element) return
    element.scrollTop = element.scrollHeight
    lastTop.current = element.scrollTop
  }, [scroller])

  const jump = useCallback(() => {
    set(true)
    toEnd()
  }, [set, toEnd])

  useLayoutEffect(() => {
    if (sticks.current) toEnd()
  }, [toEnd])

  useEffect(() => {
    const [element, inner] = [scroller.current, content.current]
    if (!element || !inner) return
    const observer = new ResizeObserver(() => {
      if (sticks.current) toEnd()
    })
    observer.observe(inner)
    observer.observe(element)
    function onScroll() {
      if (!element) return
      const fromEnd = element.scrollHeight - element.scrollTop - element.clientHeight
      if (element.scrollTop < lastTop.current - 1) {
        if (sticks.current && fromEnd > nearPx) set(false)
      } else if (fromEnd <= nearPx && !sticks.current && element.scrollTop > lastTop.current) set(true)
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
  }, [scroller, content, set, toEnd])

  return {
    isOn,
    jump,
    release: useCallback(() => set(false), [set]),
    expectTop: useCallback(() => {
      lastTop.current = scroller.current?.scrollTop ?? 0
    }, [scroller]),
  }
}
