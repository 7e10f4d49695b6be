import { Ban, Check, CircleX, Hourglass, Scissors } from 'lucide-react'
import type { Status } from '../../contract/domain/exchange.ts'
import styles from './Controls.module.css'
import { Hidden, LiveDot } from './Controls.tsx'

/** Each status has a shape of its own, so that colour never speaks alone. */
export function StatusMark({ status }: { status: Status }) {
  return (
    <span className={styles.status} data-status={status} title={nameStatus(status)}>
      <Hidden>{nameStatus(status)}</Hidden>
      {draw(status)}
    </span>
  )
}

/** In the place of the mark of what is live, where it may well be its user who is waited for. */
export function WaitMark({ words }: { words: string }) {
  return (
    <span className={styles.status} data-status="mayWait" title={words}>
      <Hidden>{words}</Hidden>
      <Hourglass aria-hidden />
    </span>
  )
}

export function nameStatus(status: Status): string {
  switch (status) {
    case 'live':
      return 'Live'
    case 'completed':
      return 'Completed'
    case 'failed':
      return 'Failed'
    case 'aborted':
      return 'Stopped'
    case 'cut':
      return 'Cut: the end was not seen'
  }
}

function draw(status: Status) {
  switch (status) {
    case 'live':
      return <LiveDot />
    case 'completed':
      return <Check aria-hidden />
    case 'failed':
      return <CircleX aria-hidden />
    case 'aborted':
      return <Ban aria-hidden />
    case 'cut':
      return <Scissors aria-hidden />
  }
}
