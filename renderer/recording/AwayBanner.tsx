import { Unplug } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useAppState } from '../client/ClientProvider.tsx'
import styles from '../ui/Banner.module.css'

/** A restart is over before that; what takes longer wants somebody to do something. */
const patienceMs = 3_000

/** Over every page while nobody answers it: what is shown may be old, and this page cannot start what is gone. */
export function AwayBanner() {
  const isDown = useAppState(({ connection }) => connection === 'reconnecting')
  const isDesktop = useAppState(({ status }) => status?.host.kind === 'desktop')
  const reason = useAppState(({ awayReason }) => awayReason)
  const [isAway, setIsAway] = useState(false)
  useEffect(() => {
    if (!isDown) return
    const timer = setTimeout(() => setIsAway(true), patienceMs)
    return () => {
      clearTimeout(timer)
      setIsAway(false)
    }
  }, [isDown])
  if (!isAway) return <div role="status" />
  return (
    <div role="status" className={styles.banner}>
      <Unplug aria-hidden />
      <p>{reason ?? <Silence isDesktop={isDesktop} />}</p>
    </div>
  )
}

function Silence({ isDesktop }: { isDesktop: boolean }) {
  return (
    <>
      <b>Tapedeck does not answer.</b>{' '}
      {isDesktop ? (
        'Open it again; this page then goes on by itself.'
      ) : (
        <>
          Start it with <code>tapedeck serve</code>; this page then goes on by itself.
        </>
      )}
    </>
  )
}
