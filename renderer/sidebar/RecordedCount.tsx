import { CircleCheck, CirclePause, CircleQuestionMark, TriangleAlert } from 'lucide-react'
import { Popover } from 'radix-ui'
import { isWanted, type LossReason } from '../../contract/domain/recording.ts'
import { useAppState } from '../client/ClientProvider.tsx'
import { PauseButton } from '../recording/PauseButton.tsx'
import { Hidden, Tip } from '../ui/Controls.tsx'
import styles from './Sidebar.module.css'

/**
 * How many exchanges are in the archive, of how many there were. A loss is never silent, and says its reason. While Tapedeck does
 * not answer nothing is claimed: what was told last may not hold any more.
 */
export function RecordedCount() {
  const recording = useAppState((state) => state.recording)
  const isDown = useAppState(({ connection }) => connection === 'reconnecting')
  if (!recording) return <div className={styles.foot} />
  const { isPaused, recorded, total, missed, underived } = recording
  const losses = Object.entries(missed).filter(([, count]) => count > 0) as [LossReason, number][]
  const count = (isOf: (reason: LossReason) => boolean) =>
    losses.reduce((sum, [reason, each]) => sum + (isOf(reason) ? each : 0), 0)
  const passed = count(isWanted)
  const lost = count((reason) => !isWanted(reason))
  const [shown, all] = [recorded.toLocaleString('en'), total.toLocaleString('en')]
  const Icon = isDown ? CircleQuestionMark : isPaused ? CirclePause : lost === 0 ? CircleCheck : TriangleAlert
  return (
    <Popover.Root>
      <Tip
        label={isDown ? 'Whether anything is recorded is not known now' : describeInShort(lost, passed)}
        side="right"
      >
        <Popover.Trigger className={styles.foot} data-tone={isDown || lost > 0 ? 'warn' : undefined}>
          <Icon aria-hidden />
          {isDown ? (
            <span className={styles.label}>
              <span className={styles.long}>Recording </span>unknown
            </span>
          ) : (
            <span className={styles.label}>
              <span className={styles.long}>Recorded </span>
              {shown} of {all}
            </span>
          )}
          {!isDown && lost > 0 && <Hidden>, {lost} missed</Hidden>}
        </Popover.Trigger>
      </Tip>
      <Popover.Portal>
        <Popover.Content
          aria-label="What is recorded"
          className={styles.loss}
          side="top"
          align="start"
          sideOffset={6}
          collisionPadding={8}
        >
          {isDown ? (
            <>
              <h2>Not known now</h2>
              <p>
                Tapedeck does not answer this page, so nobody here can say what is recorded. When it last answered,{' '}
                {shown} of {all} exchanges were.
              </p>
            </>
          ) : (
            <>
              <h2>
                Recorded {shown} of {all} exchanges
              </h2>
              {underived !== undefined && <Underived count={underived} />}
              <Losses losses={losses} isRunning={total > recorded} />
              <div className={styles.pause}>
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

function Losses({ losses, isRunning }: { losses: [LossReason, number][]; isRunning: boolean }) {
  if (losses.length === 0) {
    return (
      <p>
        {isRunning
          ? 'The others are running now and will be counted when they end.'
          : 'Nothing that passed between Codex and the model is missing.'}
      </p>
    )
  }
  return (
    <>
      <p>What was not recorded still reached its target: recording never holds traffic up.</p>
      <dl>
        {losses.map(([reason, count]) => (
          <div key={reason}>
            <dt>{explainLoss(reason)}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function describeInShort(lost: number, passed: number): string {
  if (lost > 0) return 'Some exchanges are not recorded: see why'
  return passed > 0 ? 'All is recorded but what you wanted to pass: see why' : 'Every exchange so far is recorded'
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
      return 'Passed while recording was paused'
    case 'private':
      return 'Of private sessions'
    default:
      return reason
  }
}
