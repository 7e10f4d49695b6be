import { ArrowDownToLine, RotateCw } from 'lucide-react'
import { Popover } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import type { MethodName } from '../../contract/api.ts'
import type { Update } from '../../contract/domain/update.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { Button, Tip } from '../ui/Controls.tsx'
import popover from './FootPopover.module.css'
import styles from './Sidebar.module.css'

type News = Extract<Update, { state: 'available' | 'downloading' | 'ready' }>

/** Shown while there is a newer Tapedeck that the user has not declined. */
export function UpdateRow() {
  const update = useAppState((state) => state.update?.value ?? null)
  switch (update?.state) {
    case 'available':
    case 'downloading':
    case 'ready':
      return <NewsRow update={update} />
    default:
      return null
  }
}

function NewsRow({ update }: { update: News }) {
  const [isOpen, setIsOpen] = useState(false)
  const Icon = update.state === 'ready' ? RotateCw : ArrowDownToLine
  return (
    <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
      <Tip label="A newer Tapedeck" side="right">
        <Popover.Trigger className={styles.foot} data-tone="news">
          <Icon aria-hidden />
          <span className={styles.label}>{describeInShort(update)}</span>
        </Popover.Trigger>
      </Tip>
      <Popover.Portal>
        <Popover.Content
          aria-label="A newer Tapedeck"
          className={popover.box}
          side="top"
          align="start"
          sideOffset={6}
          collisionPadding={8}
        >
          <Question update={update} onAnswered={() => setIsOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function Question({ update, onAnswered }: { update: News; onAnswered(): void }) {
  const client = useClient()
  const [problem, setProblem] = useState<string | null>(null)
  const answer = async (method: MethodName & `update/${string}`, isLast: boolean) => {
    setProblem(null)
    const reply = await client.call(method, {})
    if (!reply.ok) setProblem(reply.error.message)
    else if (isLast) onAnswered()
  }
  return (
    <>
      <h2>Tapedeck {update.version}</h2>
      {update.state === 'available' && (
        <>
          <p>A newer version is there. Nothing changes before you restart Tapedeck.</p>
          <div className={popover.choice}>
            <Button tone="plain" onClick={() => answer('update/decline', true)}>
              Skip This Version
            </Button>
            <Button tone="primary" onClick={() => answer('update/download', false)}>
              Download
            </Button>
          </div>
        </>
      )}
      {update.state === 'downloading' && (
        <p role="status">Fetching it, {update.percent} %. Recording goes on meanwhile.</p>
      )}
      {update.state === 'ready' && (
        <>
          <p>It is ready. A codex that runs waits until Tapedeck is back, which takes a few seconds.</p>
          <div className={popover.choice}>
            <Button tone="plain" onClick={() => answer('update/decline', true)}>
              Skip This Version
            </Button>
            <Button tone="primary" onClick={() => answer('update/install', true)}>
              Restart Now
            </Button>
          </div>
        </>
      )}
      {problem && (
        <p role="alert" className={popover.problem}>
          {problem}
        </p>
      )}
    </>
  )
}

/** On the rail and at the foot of a phone the first word is all. */
function describeInShort(update: News): ReactNode {
  switch (update.state) {
    case 'available':
      return (
        <>
          Update<span className={styles.long}> to {update.version}</span>
        </>
      )
    case 'downloading':
      return (
        <>
          <span className={styles.long}>Update, </span>
          {update.percent} %
        </>
      )
    case 'ready':
      return (
        <>
          Restart<span className={styles.long}> to update</span>
        </>
      )
  }
}
