import { Check, Hourglass, X } from 'lucide-react'
import { firstLine } from '../../contract/domain/firstLine.ts'
import type { ToolCall } from '../../contract/domain/turn.ts'
import { Hidden } from '../ui/Controls.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import card from './CardParts.module.css'
import { typedText } from './findParts.ts'
import { ItemLink } from './ItemLink.tsx'
import items from './Items.module.css'
import { useRelations } from './itemRelations.ts'
import type { Use } from './readUse.ts'
import styles from './TerminalParts.module.css'
import { describeWentOn, nameRunning, type Running, runningOf } from './terminals.ts'

/** What was typed, and into which command: the card of a call that speaks to what another call left running. */
export function TerminalHead({ use }: { use: Use }) {
  const running = runningOf(use)
  if (!running) return null
  const typed = use.kind === 'terminal' ? use.typed : ''
  return (
    <>
      {typed !== '' && (
        <code className={styles.typed} data-piece={typed.trim() === '' ? undefined : 'typed'}>
          {revealControls(typedText(typed)) || 'Enter'}
        </code>
      )}
      <SpokenTo running={running} hasTyped={typed !== ''} />
    </>
  )
}

/** The command by its own words where its start is known, else by codex's number for it. */
export function SpokenTo({ running, hasTyped }: { running: Running; hasTyped: boolean }) {
  const start = useRelations().startedBy?.find((each) => each !== null)
  const name = revealControls(nameRunning(running))
  if (start?.command == null) {
    return (
      <span className={card.head}>
        {hasTyped ? 'into' : 'for'} {name}
      </span>
    )
  }
  return (
    <span className={card.head} data-beside>
      {hasTyped ? 'to' : 'for'} <code>{revealControls(firstLine(start.command))}</code> ({name})
    </span>
  )
}

/** Leads back to the command. `place`: of what it used among all that the call used. */
export function StartedBy({ place }: { place: number }) {
  const start = useRelations().startedBy?.[place]
  if (!start) return null
  return (
    <div className={`${items.part} ${styles.part}`} data-beside>
      <ItemLink to={start}>{start.command === null ? 'Show the program' : 'Show the command'}</ItemLink>
    </div>
  )
}

/** In the head of a call: that what it started ran on, and how it ended. */
export function RunsOn({ call }: { call: ToolCall }) {
  const { wentOn } = useRelations()
  if (!call.leftRunning) return null
  const state = wentOn?.state
  if (state?.is === 'ended' && state.exitCode !== null && state.exitCode !== 0) {
    return (
      <span className={items.fail}>
        <X aria-hidden />
        exit {state.exitCode} later
      </span>
    )
  }
  if (state?.is === 'ended' && state.exitCode === null) return <span>ended later</span>
  if (state?.is === 'ended') {
    return (
      <span className={items.ok}>
        <Check aria-hidden />
        <Hidden>ended later</Hidden>
      </span>
    )
  }
  return (
    <span>
      <Hourglass aria-hidden />
      {state?.is === 'unknown' ? 'ran on' : 'runs on'}
    </span>
  )
}

/** Below what a command printed: where it went on, and what became of it. */
export function WentOn() {
  const { wentOn } = useRelations()
  if (!wentOn) return null
  const first = wentOn.later[0]
  const last = wentOn.later.at(-1)
  return (
    <div className={`${items.part} ${styles.part}`} data-beside>
      <span>{revealControls(describeWentOn(wentOn))}</span>
      {first && first !== last && <ItemLink to={first}>Where it went on</ItemLink>}
      {last && (
        <ItemLink to={last}>{wentOn.state.is === 'ended' ? 'Where it ended' : 'Where it was last heard of'}</ItemLink>
      )}
    </div>
  )
}
