import { CirclePause } from 'lucide-react'
import { useAppState } from '../client/ClientProvider.tsx'
import styles from '../ui/Banner.module.css'
import { PauseButton } from './PauseButton.tsx'

/** Over every page while recording is paused: nobody is to find out later that a day is missing. */
export function PausedBanner() {
  const isPaused = useAppState(({ recording }) => recording?.isPaused === true)
  if (!isPaused) return <div role="status" />
  return (
    <div role="status" className={styles.banner}>
      <CirclePause aria-hidden />
      <p>
        <b>Recording is paused.</b> <span>Codex works as always, and nothing new is kept.</span>
      </p>
      <PauseButton isPaused />
    </div>
  )
}
