import { Check, GitFork, LoaderCircle, SquareTerminal } from 'lucide-react'
import { type RefObject, useEffect, useState } from 'react'
import { folderToGoOnIn, rootThreadId, type Session } from '../../contract/domain/session.ts'
import type { GoingOn } from '../../contract/domain/terminal.ts'
import { Hidden, IconButton } from '../ui/Controls.tsx'
import { shortenPath } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './TerminalButtons.module.css'
import type { OpenTerminal } from './useOpenTerminal.ts'

type Kind = GoingOn['type']

interface TerminalButtonsProps {
  session: Session
  opening: OpenTerminal
  resumeRef: RefObject<HTMLButtonElement | null>
}

/** Goes on with a session in a terminal: in itself, or in a copy that leaves it as it is. */
export function TerminalButtons({ session, opening, resumeRef }: TerminalButtonsProps) {
  const cwd = folderToGoOnIn(session)
  const [asked, setAsked] = useState<Kind | null>(null)
  const [openedIn, setOpenedIn] = useState<string | null>(null)
  useEffect(() => {
    if (openedIn === null) return
    const timer = setTimeout(() => setOpenedIn(null), 2_500)
    return () => clearTimeout(timer)
  }, [openedIn])

  async function open(kind: Kind) {
    if (cwd === null || opening.isBusy) return
    setAsked(kind)
    setOpenedIn(null)
    const start: GoingOn = { type: kind, threadId: rootThreadId(session) }
    const opened = await opening.open({ cwd, start })
    setOpenedIn(opened?.terminal.name ?? null)
  }

  function look(kind: Kind) {
    const isAsked = asked === kind
    const text = names[kind]
    const icon = icons[kind]
    if (isAsked && opening.isBusy) {
      return { text, icon: LoaderCircle, className: styles.busy, label: `${text}: a terminal is opened…` }
    }
    if (isAsked && openedIn !== null) return { text, icon: Check, label: `${text}: opened in ${openedIn}` }
    if (cwd === null) {
      return { text, icon, label: `${text}: it is not known in which folder this session worked` }
    }
    if (kind === 'resume' && session.status === 'live') {
      return { text, icon, label: `${text}: it runs in a terminal now` }
    }
    const { goesOnIn } = session
    const where = goesOnIn === undefined ? '' : `, in ${revealControls(shortenPath(goesOnIn))}`
    return { text, icon, label: `${labels[kind]}${where}` }
  }

  const isLive = session.status === 'live'
  return (
    <>
      {(['resume', 'fork'] as const).map((kind) => {
        const isOff = cwd === null || (kind === 'resume' && isLive)
        return (
          <IconButton
            key={kind}
            ref={kind === 'resume' ? resumeRef : undefined}
            aria-disabled={isOff || undefined}
            aria-busy={asked === kind && opening.isBusy}
            onClick={() => !isOff && void open(kind)}
            givesWay={kind === 'fork'}
            {...look(kind)}
          />
        )
      })}
      <Hidden>
        <span role="status">{openedIn !== null && `Opened in ${openedIn}`}</span>
      </Hidden>
    </>
  )
}

const icons = { resume: SquareTerminal, fork: GitFork }
const names = { resume: 'Resume', fork: 'Fork' }
const labels = { resume: 'Resume in terminal', fork: 'Fork: go on in a copy, in a terminal' }
