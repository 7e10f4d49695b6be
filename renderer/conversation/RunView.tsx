import { Check, Layers, X } from 'lucide-react'
import type { ToolCall } from '../../contract/domain/turn.ts'
import { Hidden } from '../ui/Controls.tsx'
import { formatCount, formatDuration } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import { summarizeCall } from './describeActivity.ts'
import { FoldTip, Twist } from './Fold.tsx'
import { useFold } from './foldState.ts'
import type { Run } from './groupRuns.ts'
import { ItemFrame } from './ItemFrame.tsx'
import items from './Items.module.css'
import { insideFold } from './layOutRows.ts'
import styles from './Rows.module.css'
import { SpokenTo } from './TerminalParts.tsx'

const namedAtMost = 4

/** Many calls of one kind in one line; the calls themselves are the rows below while it is open. */
export function RunView({ run }: { run: Run }) {
  const [isOpen, toggle] = useFold(insideFold, false)
  const [firstFailed] = run.failed
  return (
    <ItemFrame kind="shell" icon={Layers} verb={run.verb} itemId={run.id}>
      <FoldTip isOpen={isOpen}>
        <button type="button" className={`${items.fold} ${styles.run}`} aria-expanded={isOpen} onClick={toggle}>
          <Twist />
          <span className={styles.runCount}>
            {run.name === null ? (
              formatCount(run.commandCount, 'command')
            ) : run.spokenTo !== null ? (
              formatCount(run.calls.length, 'time')
            ) : (
              <>
                <code>{revealControls(run.name)}</code> {run.calls.length} times
              </>
            )}
          </span>
          {run.spokenTo !== null && <SpokenTo running={run.spokenTo} hasTyped={run.verb === 'Typed'} />}
          {run.name === null && (
            <code className={styles.runNames}>
              {nameCalls(run).map((call, at) => (
                <span key={call.id} className={run.failed.includes(call) ? items.fail : undefined}>
                  {at > 0 && ' · '}
                  {revealControls(summarizeCall(call))}
                </span>
              ))}
              {run.calls.length > namedAtMost && ' …'}
            </code>
          )}
          <span className={items.meta}>
            {run.durationMs > 0 && <span>{formatDuration(run.durationMs)}</span>}
            {firstFailed ? (
              <span className={items.fail} title={revealControls(run.failed.map(summarizeCall).join('\n'))}>
                <X aria-hidden />
                {run.failed.length} failed
              </span>
            ) : (
              <span className={items.ok}>
                <Check aria-hidden />
                <Hidden>done</Hidden>
              </span>
            )}
          </span>
        </button>
      </FoldTip>
    </ItemFrame>
  )
}

/** What failed comes first: a line that is cut short shows it all the same. */
function nameCalls({ calls, failed }: Run): ToolCall[] {
  return [...failed, ...calls.filter((call) => !failed.includes(call))].slice(0, namedAtMost)
}
