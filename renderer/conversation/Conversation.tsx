import { useEffect, useMemo, useRef } from 'react'
import type { Session } from '../../contract/domain/session.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import styles from './Conversation.module.css'
import { ConversationFoot } from './ConversationFoot.tsx'
import { layOutConversation } from './layOutConversation.ts'
import { TurnView } from './TurnView.tsx'
import { useConversationKeys } from './useConversationKeys.ts'
import { useFollow } from './useFollow.ts'

/** A session as people read it. `turnId` is the turn to show first. */
export function Conversation({ session, turns, turnId }: { session: Session; turns: Turn[]; turnId: string | null }) {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const layouts = useMemo(() => layOutConversation(session, turns), [session, turns])
  const isLive = session.status === 'live' || turns.some((turn) => turn.status === 'live')
  const follow = useFollow(scroller, content, isLive, isLive && turnId === null)
  useConversationKeys(scroller, follow.jump, follow.release)
  const { release } = follow

  useEffect(() => {
    if (turnId === null) return
    const target = findTurn(scroller.current, turnId)
    if (!target) return
    release()
    target.scrollIntoView({ block: 'start' })
    const item = target.matches('[data-item]') ? target : target.querySelector<HTMLElement>('[data-item]')
    item?.focus({ preventScroll: true })
    // The turns above are measured only as they come near, and push the target away: once more when they have.
    const frame = requestAnimationFrame(() => target.scrollIntoView({ block: 'start' }))
    return () => cancelAnimationFrame(frame)
  }, [turnId, release])

  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section ref={scroller} className={styles.scroll} tabIndex={0} aria-label="Conversation" data-conversation>
        <div ref={content} className={styles.column}>
          {layouts.map((layout) => (
            <TurnView key={layout.turn.id} layout={layout} />
          ))}
        </div>
      </section>
      <ConversationFoot session={session} layouts={layouts} isFollowing={follow.isOn} onJump={follow.jump} />
    </>
  )
}

function findTurn(root: HTMLElement | null, turnId: string): HTMLElement | null {
  const id = CSS.escape(turnId)
  return root?.querySelector<HTMLElement>(`[data-turn="${id}"], [data-turn-inside="${id}"]`) ?? null
}
