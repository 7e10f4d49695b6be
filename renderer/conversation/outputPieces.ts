/** A part of a long output, and where in it that begins. */
export interface Piece {
  offset: number
  text: string
}

const end = ({ offset, text }: Piece) => offset + text.length

/** What is known of an output with one more piece. Where pieces overlap, the ones that were known stay as they are. */
export function addPiece(known: Piece[], piece: Piece): Piece[] {
  const added: Piece[] = []
  let offset = piece.offset
  for (const other of known) {
    if (end(other) <= offset) continue
    if (other.offset > offset) added.push(partOf(piece, offset, Math.min(other.offset, end(piece))))
    offset = Math.max(offset, end(other))
  }
  added.push(partOf(piece, offset, end(piece)))
  return [...known, ...added.filter(({ text }) => text !== '')].sort((a, b) => a.offset - b.offset)
}

function partOf({ offset, text }: Piece, from: number, to: number): Piece {
  return { offset: from, text: text.slice(from - offset, Math.max(from, to) - offset) }
}

/** Up to the end of its last line, so that the next piece begins a line; all of it when it has but one. */
export function wholeLines({ offset, text }: Piece): Piece {
  const lastBreak = text.lastIndexOf('\n')
  return lastBreak > text.length / 2 ? { offset, text: text.slice(0, lastBreak + 1) } : { offset, text }
}

/** How much is not known between a piece and the one after it. */
export function gapAfter(pieces: Piece[], index: number): number {
  const [piece, next] = [pieces[index], pieces[index + 1]]
  return piece && next ? next.offset - end(piece) : 0
}
