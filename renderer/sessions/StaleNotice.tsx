import { TriangleAlert } from 'lucide-react'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import styles from '../ui/Banner.module.css'
import { Button } from '../ui/Controls.tsx'

/** Over a conversation that could not be read anew. What was not read at all says so in its place. */
export function StaleNotice({ sessionId }: { sessionId: string }) {
  const client = useClient()
  const problem = useAppState(({ conversations }) => {
    const { restProblem = null, unread = {}, turns = {} } = conversations[sessionId] ?? {}
    return Object.keys(unread).every((id) => id in turns) ? restProblem : null
  })
  if (problem === null) return <div role="status" />
  return (
    <div role="status" className={styles.banner}>
      <TriangleAlert aria-hidden />
      <p>This conversation may have gone on: it could not be read again. {problem}</p>
      <Button onClick={() => void client.retryRest(sessionId)}>Try again</Button>
    </div>
  )
}
