import { DatabaseZap } from 'lucide-react'
import { troubleOf } from '../../contract/domain/recording.ts'
import { useAppState } from '../client/ClientProvider.tsx'
import styles from '../ui/Banner.module.css'
import { revealControls } from '../ui/untrustedText.ts'
import { withCode } from '../ui/withCode.ts'

/** Over every page while something stands in the way of recording: whoever goes on working is to know that nothing of it may be kept. */
export function TroubleBanner() {
  const message = useAppState(({ recording }) => (recording && troubleOf(recording)?.message) ?? null)
  if (message === null) return <div role="status" />
  // The first part says what happened; the rest why, what is safe and what to do.
  const end = message.indexOf(': ') + 1
  const [what, rest] = [message.slice(0, end), message.slice(end)]
  return (
    <div role="status" className={styles.banner} data-tone="fail">
      <DatabaseZap aria-hidden />
      <p>
        <b>{withCode(revealControls(what))}</b>
        {withCode(revealControls(rest))}
      </p>
    </div>
  )
}
