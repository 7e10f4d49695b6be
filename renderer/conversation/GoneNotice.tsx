import { Unlink, X } from 'lucide-react'
import { useState } from 'react'
import styles from '../ui/Banner.module.css'
import { IconButton } from '../ui/Controls.tsx'

/** Over a conversation whose address leads to something that was deleted or derived anew since. */
export function GoneNotice({ gone, isTurnThere }: { gone: 'turn' | 'request' | 'item' | null; isTurnThere: boolean }) {
  const [isDismissed, setIsDismissed] = useState(false)
  if (gone === null || isDismissed) return <div role="status" />
  return (
    <div role="status" className={styles.banner}>
      <Unlink aria-hidden />
      <p>
        This {gone} is not here any more. You are at the beginning of its {isTurnThere ? 'turn' : 'session'}.
      </p>
      <IconButton label="Dismiss" icon={X} onClick={() => setIsDismissed(true)} />
    </div>
  )
}
