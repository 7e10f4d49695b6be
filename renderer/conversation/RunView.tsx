import { Check, Layers, X } from 'lucide-react'
import { nameCall } from '../../contract/domain/openCall.ts'
import type { ToolCall } from '../../contract/domain/turn.ts'
import { Hidden } from '../ui/Controls.tsx'
import { formatCount, formatDuration } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import { FoldTip, Twist } from './Fold.tsx'
import { useFold } from './foldState.ts'
import type { Run } from './groupRuns.ts'
import { ItemFrame } from './ItemFrame.tsx'
import items from './Items.module.css'
import { insideFold } from './layOutRows.ts'
import { UnknownEnd } from './Outcome.tsx'
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
                  {revealControls(nameCall(call))}
                </span>
              ))}
              {run.calls.length > namedAtMost && ' …'}
            </code>
          )}
          <span className={items.meta}>
            {run.durationMs > 0 && <span>{formatDuration(run.durationMs)}</span>}
            {firstFailed ? (
              <span className={items.fail} title={revealControls(run.failed.map(nameCall).join('\n'))}>
                <X aria-hidden />
                {run.failed.length} failed
              </span>
            ) : isExitUnknown(run) ? (
              <UnknownEnd />
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

/** A tick says that all went well, which nobody can of a command whose exit code was not told. */
function isExitUnknown({ calls }: Run): boolean {
  return calls.some(({ commands, exitCode }) => commands.length > 0 && exitCode === null)
}

/** What failed comes first: a line that is cut short shows it all the same. */
function nameCalls({ calls, failed }: Run): ToolCall[] {
  return [...failed, ...calls.filter((call) => !failed.includes(call))].slice(0, namedAtMost)
}
