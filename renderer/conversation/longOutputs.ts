import { create } from 'zustand'
import type { Client } from '../client/client.ts'
import { addPiece, type Piece, wholeLines } from './outputPieces.ts'

const pieceLength = 64_000
/** Before what was looked for, so that it does not stand at the very edge. */
const lead = 2_000

interface LongOutputState {
  /** By item: what was fetched beside the beginning and the end that came along. */
  fetched: Record<string, Piece[]>
  problems: Record<string, string>
}

/** Kept outside of the rows, which come and go. */
export const useLongOutputs = create<LongOutputState>(() => ({ fetched: {}, problems: {} }))

export interface OutputPlace {
  turnId: string
  itemId: string
  offset: number
}

/** The lines from there on. */
export async function fetchPiece(client: Client, { turnId, itemId, offset }: OutputPlace): Promise<void> {
  const reply = await client.call('item/text', { turnId, id: itemId, offset, limit: pieceLength })
  useLongOutputs.setState(({ fetched, problems }) => {
    if (!reply.ok) return { problems: { ...problems, [itemId]: reply.error.message } }
    const { [itemId]: _solved, ...others } = problems
    const piece = { offset, text: reply.value.text }
    const pieces = addPiece(fetched[itemId] ?? [], reply.value.nextOffset === null ? piece : wholeLines(piece))
    return { problems: others, fetched: { ...fetched, [itemId]: pieces } }
  })
}

/** The lines around there, unless they are known. */
export async function fetchAround(client: Client, { offset, ...place }: OutputPlace): Promise<void> {
  const known = useLongOutputs.getState().fetched[place.itemId] ?? []
  const isKnown = known.some((piece) => piece.offset <= offset && offset < piece.offset + piece.text.length)
  if (!isKnown) await fetchPiece(client, { ...place, offset: Math.max(0, offset - lead) })
}
