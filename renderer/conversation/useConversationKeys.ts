import type { RefObject } from 'react'
import { useShortcuts } from '../ui/useShortcuts.ts'

/** j and k by item, n and p by turn, e expands. The cursor is the focus itself, so that screen readers follow it too. */
export function useConversationKeys(scroller: RefObject<HTMLElement | null>, jump: () => void, release: () => void) {
  function isElsewhere(): boolean {
    return document.activeElement?.closest('[data-pane="list"]') != null
  }

  function step(selector: string, by: 1 | -1): boolean {
    const root = scroller.current
    if (!root || isElsewhere()) return false
    const all = [...root.querySelectorAll<HTMLElement>(selector)]
    const current = document.activeElement?.closest<HTMLElement>(selector)
    const index = current && root.contains(current) ? all.indexOf(current) : -1
    const next = index === -1 ? firstVisible(root, all) : all[index + by]
    const target = next?.matches('[data-item]') ? next : next?.querySelector<HTMLElement>('[data-item]')
    if (!next || !target) return true
    release()
    target.focus({ preventScroll: true })
    next.scrollIntoView({ block: selector === '[data-turn]' ? 'start' : 'nearest' })
    return true
  }

  useShortcuts({
    j: () => step('[data-item]', 1),
    k: () => step('[data-item]', -1),
    n: () => step('[data-turn]', 1),
    p: () => step('[data-turn]', -1),
    e: () => {
      const item = document.activeElement?.closest('[data-item]')
      if (!item || !scroller.current?.contains(item)) return false
      item.querySelector<HTMLElement>('button[aria-expanded]')?.click()
      return true
    },
    End: () => {
      if (isElsewhere()) return false
      jump()
      return true
    },
    Home: () => {
      const root = scroller.current
      if (!root || isElsewhere()) return false
      release()
      root.scrollTop = 0
      return true
    },
    Escape: () => {
      const row = document.querySelector<HTMLElement>('[data-pane="list"] [aria-current]')
      if (!row || isElsewhere()) return false
      row.focus()
      return true
    },
  })
}

function firstVisible(root: HTMLElement, all: HTMLElement[]): HTMLElement | undefined {
  const top = root.getBoundingClientRect().top
  return all.find((element) => element.getBoundingClientRect().bottom > top + 8) ?? all[0]
}
