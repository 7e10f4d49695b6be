import { useEffect, useState } from 'react'
import type { Result } from '../../contract/api.ts'
import { useClient } from '../client/ClientProvider.tsx'
import type { Client } from '../client/client.ts'

export type Prices = Result<'price/list'>

/** One question for the page, however many turns show what they cost. */
const asked = new WeakMap<Client, Promise<Prices | null>>()

/** Null until they are known. */
export function usePrices(): Prices | null {
  const client = useClient()
  const [prices, setPrices] = useState<Prices | null>(null)
  useEffect(() => {
    let isOver = false
    const answer = asked.get(client) ?? client.call('price/list', {}).then((reply) => (reply.ok ? reply.value : null))
    asked.set(client, answer)
    void answer.then((value) => {
      // A question that failed is asked again by the next who wants to know.
      if (value === null) asked.delete(client)
      if (!isOver) setPrices(value)
    })
    return () => {
      isOver = true
    }
  }, [client])
  return prices
}
