import { useEffect, useRef } from 'react'
import type { Route } from '../shell/route.ts'
import { findWords } from './findWords.ts'
import { forgetHit, type SoughtHit, useSoughtHit } from './soughtHit.ts'

const highlightName = 'sought'

/**
 * Marks the words of the hit in the item that the address leads to: unfolds what hides them, brings the first into view once,
 * and keeps them marked while the item is drawn anew. The page's own nodes are not touched. Escape, or going elsewhere, ends it.
 */
export function useHitMark(route: Route) {
  const hit = useSoughtHit((state) => state.hit)
  const itemId = route.page === 'session' ? route.itemId : undefined
  // The address changes a moment after the jump; only who was there can leave.
  const reached = useRef<SoughtHit | null>(null)
  useEffect(() => {
    if (!hit) return
    if (itemId !== hit.itemId) {
      if (reached.current === hit) forgetHit()
      return
    }
    reached.current = hit
    const selector = `[data-item="${CSS.escape(hit.itemId)}"]`
    const opened = new Set<Element>()
    let hasShown = false

    function mark() {
      const item = document.querySelector<HTMLElement>(selector)
      const found = item && hit ? findWords(item, hit.words) : []
      const ranges = found.flatMap((each) => each.ranges)
      if (ranges.length > 0) CSS.highlights.set(highlightName, new Highlight(...ranges))
      else CSS.highlights.delete(highlightName)
      if (!item || hasShown) return
      const isHidden = found.length === 0 || found.some((each) => each.ranges.length === 0)
      const fold = isHidden ? nextFold(item, opened) : null
      if (fold) {
        opened.add(fold)
        fold.click()
        return
      }
      hasShown = true
      item.focus({ preventScroll: true })
      // The word that stands there least often says best where the line is.
      const [rarest] = found.filter((each) => each.ranges.length > 0).sort((x, y) => x.ranges.length - y.ranges.length)
      const place = rarest?.ranges[0]?.startContainer.parentElement ?? item
      place.scrollIntoView({ block: 'center' })
    }

    const observer = new MutationObserver(mark)
    observer.observe(document.body, { childList: true, subtree: true, characterData: true })
    // Before all else that Escape does, which the next one is for.
    function onKeyDown(event: KeyboardEvent) {
      const isElsewhere =
        event.target instanceof HTMLElement && event.target.closest('input, textarea, [data-pane="list"]') !== null
      if (event.key !== 'Escape' || isElsewhere || document.querySelector('[role="dialog"], [role="menu"]')) return
      event.preventDefault()
      forgetHit()
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    mark()
    return () => {
      observer.disconnect()
      window.removeEventListener('keydown', onKeyDown, { capture: true })
      CSS.highlights.delete(highlightName)
    }
  }, [hit, itemId])
}

function nextFold(item: HTMLElement, opened: Set<Element>): HTMLElement | null {
  const folds = [...item.querySelectorAll<HTMLElement>('button[aria-expanded="false"]:not([aria-haspopup])')]
  return folds.find((fold) => !opened.has(fold)) ?? null
}
