import { useCallback, useEffect, useState } from 'react'
import type { Result } from '../../contract/api.ts'
import type { Retention } from '../../contract/domain/sessionQuery.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { PauseButton } from '../recording/PauseButton.tsx'
import { formatBytes } from '../ui/bytes.ts'
import { Button } from '../ui/Controls.tsx'
import { formatCount, shortenPath } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import { RetentionRow } from './RetentionRow.tsx'
import { Row, Section } from './Rows.tsx'
import styles from './Settings.module.css'

/** Whether anything is kept, for how long, and what it takes on the disk. */
export function RecordingSection() {
  const { call } = useClient()
  const isPaused = useAppState(({ recording }) => recording?.isPaused ?? false)
  const [size, setSize] = useState<Result<'archive/size'> | null>(null)
  const [retention, setRetention] = useState<Retention | null>(null)
  const read = useCallback(async () => {
    const [sized, kept] = await Promise.all([call('archive/size', {}), call('retention/read', {})])
    if (sized.ok) setSize(sized.value)
    if (kept.ok) setRetention(kept.value.retention)
  }, [call])
  useEffect(() => void read(), [read])
  return (
    <Section id="recording" title="Recording">
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
      {retention && <RetentionRow retention={retention} onChanged={() => void read()} />}
      {size && <SizeRow size={size} />}
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
      <span className={styles.value}>{formatBytes(bytes)}</span>
    </Row>
  )
}
