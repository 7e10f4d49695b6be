import type { RefObject } from 'react'
import { isNarrow } from '../ui/narrow.ts'
import { useShortcuts } from '../ui/useShortcuts.ts'
import type { ConversationRow } from './layOutRows.ts'
import type { Follow } from './useFollow.ts'
import type { useRows } from './useRows.ts'

/** j and k by item, n and p by turn, e expands, Enter opens a sub-agent’s lane, / finds, y copies a link, m opens the menu. The cursor is the focus itself, so that screen readers follow it too. */
export function useConversationKeys(
  scroller: RefObject<HTMLElement | null>,
  rows: ConversationRow[],
  { goTo, headedFor, indexOf, virtual }: Pick<ReturnType<typeof useRows>, 'goTo' | 'headedFor' | 'indexOf' | 'virtual'>,
  follow: Follow,
  does: { find(): void; copyLink(key: string): void },
) {
  function isElsewhere(): boolean {
    return document.activeElement?.closest('[data-pane="list"]') != null
  }

  /** The row that has the focus, or is about to have it; -1 when none has. */
  function findCurrent(): number {
    const heading = headedFor()
    if (heading !== null && indexOf.has(heading)) return indexOf.get(heading) ?? -1
    const row = document.activeElement?.closest<HTMLElement>('[data-key]')
    if (!row || !scroller.current?.contains(row)) return -1
    return indexOf.get(row.dataset.key ?? '') ?? -1
  }

  function firstVisible(): number {
    return virtual.getVirtualItemForOffset((scroller.current?.scrollTop ?? 0) + 24)?.index ?? 0
  }

  function stepItem(by: 1 | -1): boolean {
    if (isElsewhere()) return false
    const current = findCurrent()
    let index = current === -1 ? firstVisible() : current + by
    while (rows[index] && !hasItem(rows[index] as ConversationRow)) index += by
    const row = rows[index]
    if (row) goTo({ key: row.key, align: 'auto' })
    return true
  }

  function stepTurn(by: 1 | -1): boolean {
    if (isElsewhere()) return false
    const starts = rows.filter(({ isTurnStart }) => isTurnStart)
    const current = findCurrent()
    const root = rows[current === -1 ? firstVisible() : current]?.root
    const at = starts.findIndex((start) => start.root.id === root?.id)
    const next = current === -1 ? starts[at] : starts[at + by]
    // Above it there may be a line of which nothing can have the focus.
    const row = next && rows.slice(indexOf.get(next.key)).find(hasItem)
    if (row) goTo({ key: row.key, align: 'start' })
    return true
  }

  /** Along with what is looked at, so that the keyboard goes on there; that it gets there is another's work. */
  function moveCursor(row: ConversationRow | undefined) {
    if (row && findCurrent() !== -1) goTo({ key: row.key, align: null })
  }

  function find(): boolean {
    if (isElsewhere()) return false
    const field = document.querySelector<HTMLInputElement>('[data-find]')
    if (field) field.select()
    else does.find()
    return true
  }

  useShortcuts({
    '/': find,
    'mod+f': find,
    j: () => stepItem(1),
    k: () => stepItem(-1),
    n: () => stepTurn(1),
    p: () => stepTurn(-1),
    e: () => {
      const item = document.activeElement?.closest('[data-item]')
      if (!item || !scroller.current?.contains(item)) return false
      item.querySelector<HTMLElement>('button[aria-expanded]')?.click()
      return true
    },
    Enter: () => {
      // Other things in the page mean something by it themselves.
      const item = document.activeElement
      if (item?.getAttribute('data-kind') !== 'lane' || !scroller.current?.contains(item)) return false
      item.querySelector<HTMLElement>('button[aria-expanded]')?.click()
      return true
    },
    y: () => {
      const row = rows[findCurrent()]
      if (!row) return false
      does.copyLink(row.key)
      return true
    },
    m: () => {
      const row = document.activeElement?.closest('[data-conversation] [data-key]')
      const menu = row?.querySelector('[aria-haspopup="menu"]')
      if (!menu) return false
      // It opens by a press, or by the key that leads down into it.
      menu.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }))
      return true
    },
    End: () => {
      if (isElsewhere()) return false
      moveCursor(rows.findLast(hasItem))
      follow.jump()
      return true
    },
    Home: () => {
      if (isElsewhere()) return false
      moveCursor(rows.find(hasItem))
      follow.release()
      virtual.scrollToOffset(0)
      return true
    },
    Escape: () => {
      if (isElsewhere()) return false
      // A list that was narrowed may hold others alone.
      const row =
        document.querySelector<HTMLElement>('[data-pane="list"] [aria-current]') ??
        document.querySelector<HTMLElement>('[data-pane="list"] li[data-key] a')
      // Where there is room for one of them alone, the list is a page of its own.
      const way = isNarrow() ? document.querySelector<HTMLElement>('[data-back-to-list]') : null
      if (way) way.click()
      else row?.focus()
      return way !== null || row !== null
    },
  })
}

function hasItem({ kind }: ConversationRow): boolean {
  return kind !== 'end' && kind !== 'waiting' && kind !== 'model'
}
