import { TriangleAlert } from 'lucide-react'
import { useAppState } from '../client/ClientProvider.tsx'
import styles from '../ui/Banner.module.css'
import { Button } from '../ui/Controls.tsx'
import { useMissingParts } from '../ui/untilLoaded.ts'

/** While a part of the page does not come from a Tapedeck that answers: a newer one has its parts under other names. */
export function MissingPartBanner() {
  const isMissing = useMissingParts(({ count }) => count > 0)
  const isAnswered = useAppState(({ connection }) => connection === 'open')
  if (!isMissing || !isAnswered) return <div role="status" />
  return (
    <div role="status" className={styles.banner}>
      <TriangleAlert aria-hidden />
      <p>
        <b>A part of this page cannot be loaded.</b> <span>Tapedeck may have become newer than the page is.</span>
      </p>
      <Button onClick={() => location.reload()}>Reload</Button>
    </div>
  )
}
