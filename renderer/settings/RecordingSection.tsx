import { useState } from 'react'
import type { Result } from '../../contract/api.ts'
import { troubleOf } from '../../contract/domain/recording.ts'
import { useAppState } from '../client/ClientProvider.tsx'
import type { Client } from '../client/client.ts'
import { PauseButton } from '../recording/PauseButton.tsx'
import { formatBytes } from '../ui/bytes.ts'
import { Button } from '../ui/Controls.tsx'
import { formatCount, shortenPath } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import { RetentionRow } from './RetentionRow.tsx'
import { Row, Section, UnreadRow } from './Rows.tsx'
import styles from './Settings.module.css'
import { useReading } from './useSettings.ts'

const readSize = (client: Client) => client.call('archive/size', {})
const readRetention = (client: Client) => client.call('retention/read', {})

/** Whether anything is kept, for how long, and what it takes on the disk. */
export function RecordingSection() {
  const isPaused = useAppState(({ recording }) => recording?.isPaused ?? false)
  const trouble = useAppState(({ recording }) => (recording && troubleOf(recording)?.title) ?? null)
  const size = useReading(readSize)
  const kept = useReading(readRetention)
  return (
    <Section id="recording" title="Recording">
      {trouble !== null ? (
        <Row
          name={trouble}
          text="Codex works as before. What cannot be recorded is counted as missed; the top of the page says what to do."
        />
      ) : (
        <Row
          name={isPaused ? 'Recording is paused' : 'Everything is recorded'}
          text={
            isPaused
              ? 'Codex works as before, and nothing that begins now is kept. It is counted as missed.'
              : 'A pause lets codex work and keeps nothing, until you end it.'
          }
        >
          <PauseButton isPaused={isPaused} />
        </Row>
      )}
      <UnreadRow what="How long sessions are kept could not be read" reading={kept} />
      {kept.answer && (
        <RetentionRow
          retention={kept.answer.retention}
          onChanged={() => {
            kept.retry()
            size.retry()
          }}
        />
      )}
      <UnreadRow what="The size of the archive could not be read" reading={size} />
      {size.answer && <SizeRow size={size.answer} />}
    </Section>
  )
}

const shownProjects = 6

function SizeRow({ size: { bytes, projects } }: { size: Result<'archive/size'> }) {
  const [isWhole, setIsWhole] = useState(false)
  const shown = isWhole ? projects : projects.slice(0, shownProjects)
  return (
    <Row
      name="Size of the archive"
      text="What each project’s record takes, packed; the rest is what makes it searchable."
      below={
        projects.length > 0 && (
          <>
            <table className={styles.sizes}>
              <thead>
                <tr>
                  <th scope="col">Project</th>
                  <th scope="col">Sessions</th>
                  <th scope="col">Size</th>
                </tr>
              </thead>
              <tbody>
                {shown.map((project) => (
                  <tr key={project.cwd ?? ''}>
                    <td>{project.cwd === null ? 'No folder' : revealControls(shortenPath(project.cwd))}</td>
                    <td>{project.sessionCount.toLocaleString('en')}</td>
                    <td>{formatBytes(project.bytes)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {projects.length > shownProjects && (
              <Button tone="plain" onClick={() => setIsWhole(!isWhole)}>
                {isWhole ? 'Show fewer' : `Show all ${formatCount(projects.length, 'project')}`}
              </Button>
            )}
          </>
        )
      }
    >
      <span className={styles.amount}>{formatBytes(bytes)}</span>
    </Row>
  )
}
