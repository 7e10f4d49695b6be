import { useEffect, useId, useState } from 'react'
import type { Result } from '../../contract/api.ts'
import type { Retention } from '../../contract/domain/sessionQuery.ts'
import { useClient } from '../client/ClientProvider.tsx'
import { formatBytes } from '../ui/bytes.ts'
import { Button } from '../ui/Controls.tsx'
import { formatCount } from '../ui/formatting.ts'
import { Row } from './Rows.tsx'
import { readRetention, sameRetention, showRetention } from './readRetention.ts'
import styles from './Settings.module.css'
import { useCall } from './useSettings.ts'

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
      done.deleted === 0 ? 'Saved. Nothing had to go.' : `Saved. ${formatCount(done.deleted, 'session')} deleted.`,
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
            {isChanged && (
              <>
                <Button tone={preview?.sessions ? 'danger' : 'primary'} aria-busy={isBusy} onClick={() => void apply()}>
                  {preview?.sessions ? `Delete ${formatCount(preview.sessions, 'session')} and save` : 'Save'}
                </Button>
                <Button tone="plain" onClick={() => setTyped(showRetention(retention))}>
                  Cancel
                </Button>
              </>
            )}
          </div>
          <p className={styles.note} role="status">
            {isChanged
              ? preview && describePreview(preview)
              : (told ??
                (sameRetention(retention, { maxAgeDays: null, maxBytes: null }) ? 'Now everything is kept.' : ''))}
          </p>
        </>
      }
    />
  )
}

function describePreview({ sessions, bytes }: Result<'retention/preview'>): string {
  if (sessions === 0) return 'Nothing would be deleted now.'
  return `This deletes about ${formatCount(sessions, 'session')}, ${formatBytes(bytes)} of records, for good.`
}

/** What main says that a rule would delete; null while there is none to ask about, or until it has answered. */
function usePreview(wanted: Retention | null): Result<'retention/preview'> | null {
  const { call } = useClient()
  const [preview, setPreview] = useState<{ of: string; value: Result<'retention/preview'> } | null>(null)
  const question = wanted === null ? null : JSON.stringify(wanted)
  useEffect(() => {
    if (question === null) return
    let isWanted = true
    void call('retention/preview', { retention: JSON.parse(question) as Retention }).then((reply) => {
      if (isWanted && reply.ok) setPreview({ of: question, value: reply.value })
    })
    return () => {
      isWanted = false
    }
  }, [call, question])
  return preview !== null && preview.of === question ? preview.value : null
}
