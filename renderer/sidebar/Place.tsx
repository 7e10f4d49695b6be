import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatRoute, type Route } from '../shell/route.ts'
import { Tip } from '../ui/Controls.tsx'
import styles from './Sidebar.module.css'

interface PlaceProps {
  to: Route
  label: string
  tip: string
  keys?: string
  icon: LucideIcon
  isCurrent: boolean
  className?: string
  /** What stands at the end, such as how many there are. */
  children?: ReactNode
}

/** A page that can be gone to. */
export function Place({ to, label, tip, keys, icon: Icon, isCurrent, className = '', children }: PlaceProps) {
  return (
    <Tip label={tip} keys={keys} side="right">
      <a className={`${styles.row} ${className}`} href={formatRoute(to)} aria-current={isCurrent ? 'page' : undefined}>
        <Icon aria-hidden />
        <span className={styles.label}>{label}</span>
        {children}
      </a>
    </Tip>
  )
}
