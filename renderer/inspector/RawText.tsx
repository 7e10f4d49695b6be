import { useCallback, useEffect, useState } from 'react'
import type { BodyName } from '../../contract/domain/body.ts'
import { useClient } from '../client/ClientProvider.tsx'
import { Button } from '../ui/Controls.tsx'
import { formatCount } from '../ui/formatting.ts'
import { Problem } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import body from './Body.module.css'

const pieceLength = 64_000

/** The text of a body, as much of it as the reader wants to see. */
export function RawText({ exchangeId, which }: { exchangeId: string; which: BodyName }) {
  const client = useClient()
  const [pieces, setPieces] = useState<string[]>([])
  const [length, setLength] = useState(0)
  const [nextOffset, setNextOffset] = useState<number | null>(0)
  const [message, setMessage] = useState<string | null>(null)

  const load = useCallback(
    async (offset: number) => {
      const reply = await client.call('exchange/text', { id: exchangeId, which, path: [], offset, limit: pieceLength })
      if (!reply.ok) return setMessage(reply.error.message)
      const { text, length: whole, nextOffset: next } = reply.value
      setPieces((known) => (offset === 0 ? [text] : [...known, text]))
      setLength(whole)
      setNextOffset(next)
    },
    [client, exchangeId, which],
  )
  useEffect(() => void load(0), [load])

  if (message !== null) return <Problem title="The text could not be read">{message}</Problem>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
    <section className={body.raw} tabIndex={0} aria-label="Raw text">
      {pieces.map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text never move
        <pre key={index}>{revealControls(piece)}</pre>
      ))}
      {nextOffset !== null && nextOffset > 0 && (
        <div className={body.rest}>
          <Button onClick={() => void load(nextOffset)}>
            Show {Math.min(pieceLength, length - nextOffset).toLocaleString('en')} more
          </Button>
          <span>of {formatCount(length - nextOffset, 'character')}</span>
        </div>
      )}
    </section>
  )
}
