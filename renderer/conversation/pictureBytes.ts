import { useEffect, useState } from 'react'
import type { Result } from '../../contract/api.ts'
import { useClient } from '../client/ClientProvider.tsx'
import type { Client } from '../client/client.ts'

/** Where a picture is asked for. */
export interface PicturePlace {
  turnId: string
  itemId: string
  index: number
}

export type PictureBytes = Result<'item/picture'>

export type PictureState =
  | { kind: 'loading' }
  | { kind: 'there'; bytes: PictureBytes; url: string }
  | { kind: 'missing'; message: string }

/** Letters of base64; beyond it the ones that were looked at longest ago are let go, and fetched again when needed. */
const mostKept = 48_000_000

const kept = new Map<string, { asked: Promise<PictureState>; length: number }>()

export function fetchPicture(client: Client, { turnId, itemId, index }: PicturePlace): Promise<PictureState> {
  const key = keyOf({ turnId, itemId, index })
  const known = kept.get(key)
  // What was looked at last stands last.
  kept.delete(key)
  if (known) {
    kept.set(key, known)
    return known.asked
  }
  const asked = client.call('item/picture', { turnId, id: itemId, index }).then((reply): PictureState => {
    if (!reply.ok) {
      kept.delete(key)
      return { kind: 'missing', message: reply.error.message }
    }
    const { mediaType, base64 } = reply.value
    const entry = kept.get(key)
    if (entry) entry.length = base64.length
    letGo()
    return { kind: 'there', bytes: reply.value, url: `data:${mediaType};base64,${base64}` }
  })
  kept.set(key, { asked, length: 0 })
  return asked
}

function letGo(): void {
  let length = [...kept.values()].reduce((sum, entry) => sum + entry.length, 0)
  for (const [key, entry] of kept) {
    if (length <= mostKept || kept.size === 1) return
    length -= entry.length
    kept.delete(key)
  }
}

function keyOf({ turnId, itemId, index }: PicturePlace): string {
  return JSON.stringify([turnId, itemId, index])
}

const loading: PictureState = { kind: 'loading' }

/** A picture's bytes, fetched once somebody wants them. */
export function usePicture({ turnId, itemId, index }: PicturePlace, isWanted: boolean): PictureState {
  const client = useClient()
  const [known, setKnown] = useState<{ key: string; state: PictureState } | null>(null)
  const key = keyOf({ turnId, itemId, index })
  useEffect(() => {
    if (!isWanted) return
    let isOver = false
    void fetchPicture(client, { turnId, itemId, index }).then((state) => {
      if (!isOver) setKnown({ key: keyOf({ turnId, itemId, index }), state })
    })
    return () => {
      isOver = true
    }
  }, [client, turnId, itemId, index, isWanted])
  return known?.key === key ? known.state : loading
}
