import { useState } from 'react'
import { useClient } from '../client/ClientProvider.tsx'
import { Button, Tip } from '../ui/Controls.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './PauseButton.module.css'

/** Pauses the recording, or ends the pause; says so when that does not work. */
export function PauseButton({ isPaused }: { isPaused: boolean }) {
  const { call } = useClient()
  const [problem, setProblem] = useState<string | null>(null)

  async function toggle() {
    const reply = await call(isPaused ? 'recording/resume' : 'recording/pause', {})
    setProblem(reply.ok ? null : reply.error.message)
  }

  return (
    <div className={styles.pause}>
      <Tip label={isPaused ? 'Keep what Codex says again' : 'Codex goes on, and nothing is kept'}>
        <Button onClick={() => void toggle()}>{isPaused ? 'Resume recording' : 'Pause recording'}</Button>
      </Tip>
      {problem !== null && <p role="alert">{revealControls(problem)}</p>}
    </div>
  )
}
