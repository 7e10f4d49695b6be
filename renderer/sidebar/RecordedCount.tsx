import { CircleCheck, CirclePause, CircleQuestionMark, TriangleAlert } from 'lucide-react'
import { Popover } from 'radix-ui'
import { countMissed, type LossReason, type Recording, troubleOf } from '../../contract/domain/recording.ts'
import { useAppState } from '../client/ClientProvider.tsx'
import { PauseButton } from '../recording/PauseButton.tsx'
import { Hidden, Tip } from '../ui/Controls.tsx'
import popover from './FootPopover.module.css'
import styles from './Sidebar.module.css'

/**
 * How many exchanges are in the archive, of how many there were to be kept. A loss is never silent, and says its reason. While Tapedeck
 * does not answer nothing is claimed: what was told last may not hold any more.
 */
export function RecordedCount() {
  const recording = useAppState((state) => state.recording)
  const isDown = useAppState(({ connection }) => connection === 'reconnecting')
  if (!recording) return <div className={styles.foot} />
  const { isPaused, recorded, total, missed, underived } = recording
  const trouble = troubleOf(recording)
  const { lost, passed } = countMissed(missed)
  const wanted = total - passed
  const ratio = `${recorded.toLocaleString('en')} of ${wanted.toLocaleString('en')}`
  const Icon = isDown
    ? CircleQuestionMark
    : isPaused
      ? CirclePause
      : lost === 0 && !trouble
        ? CircleCheck
        : TriangleAlert
  const label = isDown
    ? 'Recording status unknown'
    : isPaused
      ? 'Recording is paused'
      : trouble
        ? trouble.title
        : describeInShort(lost, passed)
  return (
    <Popover.Root>
      <Tip label={label} side="right">
        <Popover.Trigger
          className={styles.foot}
          data-tone={isDown || isPaused || lost > 0 || trouble ? 'warn' : undefined}
        >
          <Icon aria-hidden />
          <span className={styles.label}>
            <Status isDown={isDown} isPaused={isPaused} ratio={ratio} />
          </span>
          {!isDown && lost > 0 && <Hidden>, {lost} missed</Hidden>}
        </Popover.Trigger>
      </Tip>
      <Popover.Portal>
        <Popover.Content
          aria-label="What is recorded"
          className={popover.box}
          side="top"
          align="start"
          sideOffset={6}
          collisionPadding={8}
        >
          {isDown ? (
            <>
              <h2>Not known now</h2>
              <p>
                Tapedeck does not answer this page, so what is recorded is not known. When it last answered, {ratio}{' '}
                exchanges were.
              </p>
            </>
          ) : (
            <>
              <h2>{isPaused ? 'Recording is paused' : `Recorded ${ratio} exchanges`}</h2>
              {isPaused && (
                <p>Codex works as always, and nothing that begins now is kept. Recorded before: {ratio} exchanges.</p>
              )}
              {underived !== undefined && <Underived count={underived} />}
              <Losses missed={missed} isRunning={recorded + lost < wanted} isPaused={isPaused} />
              <div className={popover.pause}>
                <PauseButton isPaused={isPaused} />
              </div>
            </>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function Underived({ count }: { count: number }) {
  return (
    <p>
      {count === 1 ? '1 of them is' : `${count.toLocaleString('en')} of them are`} stored and not shown to the end yet,
      as many came at once: they are read one after the other, and you can quit meanwhile.
    </p>
  )
}

function Status({ isDown, isPaused, ratio }: { isDown: boolean; isPaused: boolean; ratio: string }) {
  if (isDown) {
    return (
      <>
        <span className={styles.long}>Recording </span>unknown
      </>
    )
  }
  if (isPaused) {
    return (
      <>
        <span className={styles.long}>Recording </span>paused
      </>
    )
  }
  return (
    <>
      <span className={styles.long}>Recorded </span>
      {ratio}
    </>
  )
}

function Losses({
  missed,
  isRunning,
  isPaused,
}: {
  missed: Recording['missed']
  isRunning: boolean
  isPaused: boolean
}) {
  const { lost, passed } = countMissed(missed)
  const losses = Object.entries(missed).filter(([, count]) => count > 0) as [LossReason, number][]
  return (
    <>
      {isRunning && <p>The others are running now and will be counted when they end.</p>}
      {!isRunning && !isPaused && lost === 0 && (
        <p>
          Nothing is missing{passed > 0 ? ' but what you wanted to pass' : ' that passed between Codex and the model'}.
        </p>
      )}
      {lost > 0 && <p>What was not recorded still reached its target: recording never holds traffic up.</p>}
      {losses.length > 0 && (
        <dl>
          {losses.map(([reason, count]) => (
            <div key={reason}>
              <dt>{explainLoss(reason)}</dt>
              <dd>{count}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  )
}

function describeInShort(lost: number, passed: number): string {
  if (lost > 0) return 'Some exchanges are not recorded: see why'
  return passed > 0 ? 'All is recorded but what you wanted to pass' : 'Every exchange so far is recorded'
}

function explainLoss(reason: LossReason): string {
  switch (reason) {
    case 'unknownPath':
      return 'A path that Tapedeck does not know, so it was refused'
    case 'overflow':
      return 'The recorder fell behind the traffic'
    case 'undecodable':
      return 'A WebSocket that could not be read'
    case 'storage':
      return 'The disk or the database refused'
    case 'recorderCrash':
      return 'The recorder stopped and was started again'
    case 'paused':
      return 'While recording was paused, not kept'
    case 'private':
      return 'Of private sessions, not kept'
    default:
      return reason
  }
}
