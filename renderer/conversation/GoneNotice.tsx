import { Unlink, X } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../ui/Controls.tsx'
import styles from './GoneNotice.module.css'

/** Over a conversation whose address leads to something that was deleted or derived anew since. */
export function GoneNotice({ gone, isTurnThere }: { gone: 'turn' | 'request' | 'item' | null; isTurnThere: boolean }) {
  const [isDismissed, setIsDismissed] = useState(false)
  if (gone === null || isDismissed) return <div role="status" />
  return (
    <div role="status" className={styles.notice}>
      <Unlink aria-hidden />
      <p>
        This {gone} is not here any more. You are at the beginning of its {isTurnThere ? 'turn' : 'session'}.
      </p>
      <IconButton label="Dismiss" icon={X} onClick={() => setIsDismissed(true)} />
    </div>
  )
}
