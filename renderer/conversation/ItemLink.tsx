import { ArrowRight } from 'lucide-react'
import type { MouseEvent } from 'react'
import { formatRoute } from '../shell/route.ts'
import styles from './ExchangeLink.module.css'
import { useReading } from './reading.ts'
import type { CallPlace } from './terminals.ts'

/** Leads to another item of the conversation. Opened elsewhere it is the address of that item. */
export function ItemLink({ to: { turnId, itemId }, children }: { to: CallPlace; children: string }) {
  const { sessionId, goToItem } = useReading()
  function go(event: MouseEvent) {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    goToItem(turnId, itemId)
  }
  return (
    <a
      className={styles.link}
      href={formatRoute({ page: 'session', sessionId, turnId, itemId })}
      data-beside
      onClick={go}
    >
      <ArrowRight aria-hidden />
      {children}
    </a>
  )
}
