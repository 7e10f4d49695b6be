import { ListRestart } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useAppState } from '../client/ClientProvider.tsx'
import { Tip } from '../ui/Controls.tsx'
import popover from './FootPopover.module.css'
import styles from './Sidebar.module.css'

/** Shown while what is to be seen of older sessions is made again from what was recorded, as after some updates. */
export function RederivedRow() {
  const rederived = useAppState(({ recording }) => recording?.rederived)
  if (rederived === undefined) return null
  const progress = `${Math.round(rederived * 100)} %`
  return (
    <Popover.Root>
      <Tip label="Older sessions are being built again: see why" side="right">
        <Popover.Trigger className={styles.foot}>
          <ListRestart aria-hidden />
          <span className={styles.label}>
            <span className={styles.long}>Building again: </span>
            {progress}
          </span>
        </Popover.Trigger>
      </Tip>
      <Popover.Portal>
        <Popover.Content
          aria-label="Older sessions are being built again"
          className={popover.box}
          side="top"
          align="start"
          sideOffset={6}
          collisionPadding={8}
        >
          <h2>Older sessions are being built again: {progress}</h2>
          <p>
            Tapedeck reads again what it recorded, as after an update that shows more of it. Nothing is lost: until its
            turn comes, a session looks as it did before, and searches and totals may lack what is new. New traffic goes
            first, and you can quit at any time: it goes on at the next start.
          </p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
