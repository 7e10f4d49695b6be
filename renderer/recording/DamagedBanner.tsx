import { DatabaseZap } from 'lucide-react'
import { useAppState } from '../client/ClientProvider.tsx'
import styles from '../ui/Banner.module.css'
import { revealControls } from '../ui/untrustedText.ts'
import { withCode } from '../ui/withCode.ts'

/** Over every page while the archive is damaged: whoever goes on working is to know that nothing of it may be kept. */
export function DamagedBanner() {
  const damage = useAppState(({ recording }) => recording?.damage ?? null)
  if (damage === null) return <div role="status" />
  // The first part says what happened; the rest why, what is safe and what to do.
  const end = damage.indexOf(': ') + 1
  const [what, rest] = [damage.slice(0, end), damage.slice(end)]
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
