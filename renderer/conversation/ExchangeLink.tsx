import { ScanSearch } from 'lucide-react'
import type { MouseEvent, ReactNode } from 'react'
import { setInspector, type Tab } from '../inspector/inspectorState.ts'
import { formatRoute } from '../shell/route.ts'
import styles from './ExchangeLink.module.css'
import { useReading } from './reading.ts'

/**
 * Shows an exchange in the inspector, beside what is read: the conversation stays where it is. What it is about is told by
 * the attributes, as for everything that the reader points at. Opened elsewhere it is the address of the exchange.
 */
export function ExchangeLink({
  turnId,
  exchangeId,
  tab,
  tone,
  children,
}: {
  turnId: string
  exchangeId: string
  tab: Tab
  tone?: 'warn'
  children: ReactNode
}) {
  const { sessionId } = useReading()
  function show(event: MouseEvent) {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    setInspector({ isOpen: true, scope: 'exchange', tab })
  }
  return (
    <a
      className={styles.link}
      href={formatRoute({ page: 'session', sessionId, turnId, exchangeId })}
      data-turn={turnId}
      data-exchange={exchangeId}
      data-beside
      data-tone={tone}
      title="Show it in the inspector"
      onClick={show}
    >
      <ScanSearch aria-hidden />
      {children}
    </a>
  )
}
