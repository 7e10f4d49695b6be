import { type ReactNode, useState } from 'react'
import { useClient } from '../client/ClientProvider.tsx'
import { Button, Tip } from './Controls.tsx'
import { DialogBox } from './Dialog.tsx'
import { useCopy } from './Notices.tsx'
import styles from './OutwardLink.module.css'
import { isOpenableLink, revealControls } from './untrustedText.ts'

/**
 * A link in a captured text. The text may say one address and lead to another, so the real one is shown before anything
 * opens; what is not a web address is no link at all.
 */
export function OutwardLink({ href, children }: { href: string; children: ReactNode }) {
  const { linksAskedBy } = useClient()
  const [isAsking, setIsAsking] = useState(false)
  const { isCopied, copy } = useCopy()
  if (!isOpenableLink(href)) return <span title={revealControls(href)}>{children}</span>
  const url = new URL(href)
  const shown = revealControls(url.href)
  const open = () => window.open(url.href, '_blank', 'noopener,noreferrer')
  return (
    <>
      <Tip label={shown.length > 120 ? `${shown.slice(0, 120)}…` : shown}>
        <button
          type="button"
          className={styles.link}
          onClick={() => (linksAskedBy === 'host' ? open() : setIsAsking(true))}
        >
          {children}
        </button>
      </Tip>
      <DialogBox
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        title={`Open ${url.host}?`}
        text="This link comes from a recorded conversation. It leads to:"
        actions={
          <>
            <Button onClick={() => copy(url.href)}>{isCopied ? 'Copied' : 'Copy address'}</Button>
            <Button onClick={() => setIsAsking(false)}>Cancel</Button>
            <Button
              tone="primary"
              onClick={() => {
                setIsAsking(false)
                open()
              }}
            >
              Open in a new tab
            </Button>
          </>
        }
      >
        <p className={styles.url}>{shown}</p>
      </DialogBox>
    </>
  )
}
