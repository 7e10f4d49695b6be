import { SearchX } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import conversation from '../conversation/Conversation.module.css'
import { Conversation } from '../conversation/Conversation.tsx'
import { Button } from '../ui/Controls.tsx'
import { Empty, Problem } from '../ui/Notices.tsx'
import { SessionHead } from './SessionHead.tsx'

export function SessionPage({ sessionId, turnId }: { sessionId: string; turnId: string | null }) {
  const client = useClient()
  useEffect(() => client.watchConversation(sessionId), [client, sessionId])
  const session = useAppState((state) => state.sessions[sessionId])
  const loaded = useAppState((state) => state.conversations[sessionId])
  const turns = useMemo(() => Object.values(loaded?.turns ?? {}), [loaded?.turns])

  if (!session) {
    if (loaded?.state === 'loading') return null
    return (
      <div className={conversation.center}>
        <Empty icon={SearchX} title="This session is not here">
          {loaded?.message ?? 'It was deleted, or it belongs to another data folder.'}
        </Empty>
      </div>
    )
  }
  return (
    <>
      <SessionHead session={session} turns={turns} />
      {loaded?.state === 'failed' ? (
        <div className={conversation.padded}>
          <Problem
            title="The conversation could not be read"
            actions={<Button onClick={() => void client.retryConversation(sessionId)}>Try again</Button>}
          >
            {loaded.message}
          </Problem>
        </div>
      ) : (
        loaded?.state === 'ready' && <Conversation session={session} turns={turns} turnId={turnId} />
      )}
    </>
  )
}
