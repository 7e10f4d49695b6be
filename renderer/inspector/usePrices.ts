import { useEffect, useState } from 'react'
import type { Result } from '../../contract/api.ts'
import type { Reply } from '../../contract/reply.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import type { Client } from '../client/client.ts'

export type Prices = Result<'price/list'>

/** One question at each opening of the line, however many turns show what they cost: a restarted main may have other prices. */
const asked = new WeakMap<object, { openings: number; answer: Promise<Reply<Prices>> }>()

export function askPrices(client: Pick<Client, 'call'>, openings: number): Promise<Reply<Prices>> {
  const known = asked.get(client)
  if (known?.openings === openings) return known.answer
  const answer = client.call('price/list', {}).then((reply) => {
    // A question that failed is asked again by the next who wants to know.
    if (!reply.ok) asked.delete(client)
    return reply
  })
  asked.set(client, { openings, answer })
  return answer
}

/** Null until they are known, and where they cannot be read: what they are for is a part of something else. */
export function usePrices(): Prices | null {
  return useKnownPrices().prices
}

/** For who shows nothing without them; `problem` says why they are not known. */
export function useKnownPrices(): { prices: Prices | null; problem: string | null; retry(): void } {
  const client = useClient()
  const openings = useAppState((state) => state.openings)
  const [reply, setReply] = useState<Reply<Prices> | null>(null)
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try is a question of its own
  useEffect(() => {
    let isOver = false
    void askPrices(client, openings).then((answer) => {
      if (!isOver) setReply(answer)
    })
    return () => {
      isOver = true
    }
  }, [client, openings, tries])
  return {
    prices: reply?.ok ? reply.value : null,
    problem: reply === null || reply.ok ? null : reply.error.message,
    retry: () => setTries(tries + 1),
  }
}
