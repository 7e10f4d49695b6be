import { useEffect, useState } from 'react'
import type { Result } from '../../contract/api.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import type { Client } from '../client/client.ts'

export type Prices = Result<'price/list'>

/** One question at each opening of the line, however many turns show what they cost: a restarted main may have other prices. */
const asked = new WeakMap<object, { openings: number; answer: Promise<Prices | null> }>()

export function askPrices(client: Pick<Client, 'call'>, openings: number): Promise<Prices | null> {
  const known = asked.get(client)
  if (known?.openings === openings) return known.answer
  const answer = client.call('price/list', {}).then((reply) => {
    if (reply.ok) return reply.value
    // A question that failed is asked again by the next who wants to know.
    asked.delete(client)
    return null
  })
  asked.set(client, { openings, answer })
  return answer
}

/** Null until they are known. */
export function usePrices(): Prices | null {
  const client = useClient()
  const openings = useAppState((state) => state.openings)
  const [prices, setPrices] = useState<Prices | null>(null)
  useEffect(() => {
    let isOver = false
    void askPrices(client, openings).then((value) => {
      if (!isOver) setPrices(value)
    })
    return () => {
      isOver = true
    }
  }, [client, openings])
  return prices
}
