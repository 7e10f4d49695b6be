import { useCallback, useEffect, useId, useState } from 'react'
import type { Result } from '../../contract/api.ts'
import type { Retention } from '../../contract/domain/sessionQuery.ts'
import type { Reply } from '../../contract/reply.ts'
import { ActionButton } from '../account/parts.tsx'
import { useClient } from '../client/ClientProvider.tsx'
import type { Client } from '../client/client.ts'
import { formatBytes } from '../ui/bytes.ts'
import { Button } from '../ui/Controls.tsx'
import { formatCount } from '../ui/formatting.ts'
import { Problem } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { Row } from './Rows.tsx'
import { readRetention, sameRetention, showRetention } from './readRetention.ts'
import styles from './Settings.module.css'
import { type Reading, useCall, useReading } from './useSettings.ts'

/** How long and how much is kept. What a new rule would delete is said before it does. */
export function RetentionRow({ retention, onChanged }: { retention: Retention; onChanged(): void }) {
  const id = useId()
  const { call } = useClient()
  const { problem, isBusy, run } = useCall()
  const [typed, setTyped] = useState(showRetention(retention))
  const [told, setTold] = useState<string | null>(null)
  useEffect(() => setTyped(showRetention(retention)), [retention])
  const wanted = readRetention(typed)
  const isChanged = wanted.ok && !sameRetention(wanted.retention, retention)
  const preview = usePreview(isChanged ? wanted.retention : null)

  async function apply() {
    if (!wanted.ok) return
    const done = await run(() => call('retention/set', { retention: wanted.retention }))
    if (!done) return
    setTold(
      done.deleted === 0 ? 'Saved. Nothing was deleted.' : `Saved. ${formatCount(done.deleted, 'session')} deleted.`,
    )
    onChanged()
  }

  return (
    <Row
      name="Keep"
      text="Sessions not used for so many days are deleted. Above so many GB, the oldest go first. Starred ones stay."
      problem={problem ?? (wanted.ok ? null : wanted.message)}
      below={
        <>
          <div className={styles.control}>
            <label htmlFor={`${id}-days`} className={styles.unit}>
              at most
            </label>
            <input
              id={`${id}-days`}
              type="number"
              min={1}
              value={typed.days}
              placeholder="all"
              aria-label="Days to keep; empty for no limit"
              onChange={(event) => setTyped({ ...typed, days: event.target.value })}
            />
            <span className={styles.unit}>days, and at most</span>
            <input
              type="number"
              min={0.1}
              step="any"
              value={typed.gigabytes}
              placeholder="all"
              aria-label="Gigabytes to keep; empty for no limit"
              onChange={(event) => setTyped({ ...typed, gigabytes: event.target.value })}
            />
            <span className={styles.unit}>GB</span>
          </div>
          <p className={styles.note} role="status">
            {isChanged
              ? preview.answer && describePreview(preview.answer)
              : (told ??
                (sameRetention(retention, { maxAgeDays: null, maxBytes: null }) ? 'Now everything is kept.' : ''))}
          </p>
          {isChanged && preview.problem !== null && (
            <div className={styles.decision}>
              <Problem
                title="What this would delete could not be counted"
                actions={
                  <ActionButton isBusy={preview.isBusy} onClick={preview.retry}>
                    Try again
                  </ActionButton>
                }
              >
                {revealControls(preview.problem)}
              </Problem>
            </div>
          )}
          {isChanged && (
            <div className={`${styles.control} ${styles.decision}`}>
              {preview.answer && (
                <ActionButton
                  tone={preview.answer.sessions > 0 ? 'danger' : 'primary'}
                  isBusy={isBusy}
                  onClick={() => void apply()}
                >
                  {preview.answer.sessions > 0
                    ? `Delete ${formatCount(preview.answer.sessions, 'session')} and save`
                    : 'Save'}
                </ActionButton>
              )}
              <Button tone="plain" onClick={() => setTyped(showRetention(retention))}>
                Cancel
              </Button>
            </div>
          )}
        </>
      }
    />
  )
}

function describePreview({ sessions, bytes }: Result<'retention/preview'>): string {
  if (sessions === 0) return 'Nothing would be deleted now.'
  return `This deletes about ${formatCount(sessions, 'session')}, ${formatBytes(bytes)} of records, for good.`
}

/** What main says that a rule would delete: nothing is offered to be deleted before it is known how much that is. */
function usePreview(wanted: Retention | null): Reading<Result<'retention/preview'>> {
  const question = wanted === null ? null : JSON.stringify(wanted)
  const ask = useCallback(
    async (client: Client): Promise<Reply<Preview>> => {
      if (question === null) return { ok: true, value: null }
      const reply = await client.call('retention/preview', { retention: JSON.parse(question) as Retention })
      return reply.ok ? { ok: true, value: { of: question, value: reply.value } } : reply
    },
    [question],
  )
  const reading = useReading(ask)
  const { answer, problem } = reading
  return { ...reading, answer: problem === null && answer?.of === question ? answer.value : null }
}

/** With the rule that it is of: the answer to another one must not stand beside the button. */
type Preview = { of: string; value: Result<'retention/preview'> } | null
