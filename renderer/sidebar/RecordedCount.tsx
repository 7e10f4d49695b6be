import { CircleCheck, CirclePause, TriangleAlert } from 'lucide-react'
import { Popover } from 'radix-ui'
import { isWanted, type LossReason } from '../../contract/domain/recording.ts'
import { useAppState } from '../client/ClientProvider.tsx'
import { PauseButton } from '../recording/PauseButton.tsx'
import { Hidden, Tip } from '../ui/Controls.tsx'
import styles from './Sidebar.module.css'

/** How many exchanges are in the archive, of how many there were. A loss is never silent, and says its reason. */
export function RecordedCount() {
  const recording = useAppState((state) => state.recording)
  if (!recording) return <div className={styles.foot} />
  const { isPaused, recorded, total, missed } = recording
  const losses = Object.entries(missed).filter(([, count]) => count > 0) as [LossReason, number][]
  const count = (isOf: (reason: LossReason) => boolean) =>
    losses.reduce((sum, [reason, each]) => sum + (isOf(reason) ? each : 0), 0)
  const passed = count(isWanted)
  const lost = count((reason) => !isWanted(reason))
  const [shown, all] = [recorded.toLocaleString('en'), total.toLocaleString('en')]
  return (
    <Popover.Root>
      <Tip label={describeInShort(lost, passed)} side="right">
        <Popover.Trigger className={styles.foot} data-tone={lost > 0 ? 'warn' : undefined}>
          {isPaused ? (
            <CirclePause aria-hidden />
          ) : lost === 0 ? (
            <CircleCheck aria-hidden />
          ) : (
            <TriangleAlert aria-hidden />
          )}
          <span className={styles.label}>
            <span className={styles.long}>Recorded </span>
            {shown} of {all}
          </span>
          {lost > 0 && <Hidden>, {lost} missed</Hidden>}
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
          <h2>
            Recorded {shown} of {all} exchanges
          </h2>
          {losses.length === 0 ? (
            <p>
              {total > recorded
                ? 'The others are running now and will be counted when they end.'
                : 'Nothing that passed between Codex and the model is missing.'}
            </p>
          ) : (
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
          )}
          <div className={styles.pause}>
            <PauseButton isPaused={isPaused} />
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
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
