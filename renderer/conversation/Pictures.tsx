import { ImageOff } from 'lucide-react'
import { useCallback, useRef, useState } from 'react'
import type { Picture } from '../../contract/domain/picture.ts'
import { useClient } from '../client/ClientProvider.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './Pictures.module.css'
import { fetchPicture, type PicturePlace, usePicture } from './pictureBytes.ts'
import { viewPictures } from './pictureViewer.ts'
import { explainPicture, formatDimensions, measurePicture, namePicture, thumbSize } from './pictureWords.ts'
import { useLoadedToPrint } from './printing.ts'
import { useTurnId } from './turnId.ts'
import { useNear } from './useNear.ts'

/** Pictures of one item, each fetched as it comes near, and opened large by a click. `only` shows one of them. */
export function Pictures({
  itemId,
  pictures,
  what = 'Picture',
  only,
}: {
  itemId: string
  pictures: Picture[]
  what?: string
  only?: number
}) {
  const turnId = useTurnId()
  return (
    <div className={styles.pictures}>
      {pictures.map((picture, index) => {
        if (only !== undefined && only !== index) return null
        const name = namePicture(picture, index, pictures.length, what)
        const view = () => viewPictures({ turnId, itemId, what, pictures, index })
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: pictures of one item never move
          <figure key={index} className={styles.figure}>
            {picture.problem === null ? (
              <Thumb place={{ turnId, itemId, index }} picture={picture} name={name} onView={view} />
            ) : (
              <NotShown why={explainPicture(picture) ?? ''} />
            )}
            <Caption picture={picture} name={name} />
          </figure>
        )
      })}
    </div>
  )
}

function Thumb({
  place,
  picture,
  name,
  onView,
}: {
  place: PicturePlace
  picture: Picture
  name: string
  onView(): void
}) {
  const frame = useRef<HTMLButtonElement>(null)
  const client = useClient()
  const isNear = useNear(frame)
  const [isPrinted, setIsPrinted] = useState(false)
  const state = usePicture(place, isNear || isPrinted)
  const { turnId, itemId, index } = place
  useLoadedToPrint(
    useCallback(async () => {
      const fetched = await fetchPicture(client, { turnId, itemId, index })
      setIsPrinted(true)
      return fetched.kind === 'there' ? fetched.bytes.base64.length : 0
    }, [client, turnId, itemId, index]),
  )
  const [isBroken, setIsBroken] = useState(false)
  if (state.kind === 'missing') return <NotShown why={`It could not be read. ${state.message}`} />
  if (isBroken) return <NotShown why="It could not be shown: its data is damaged" />
  const { width, height } = thumbSize(picture)
  return (
    <button ref={frame} type="button" className={styles.thumb} aria-label={`Enlarge ${name}`} onClick={onView}>
      <span className={styles.frame} style={{ width, aspectRatio: `${width} / ${height}` }}>
        {state.kind === 'there' && (
          <img src={state.url} alt={name} decoding="async" onError={() => setIsBroken(true)} />
        )}
      </span>
    </button>
  )
}

function NotShown({ why }: { why: string }) {
  return (
    <p className={styles.notShown}>
      <ImageOff aria-hidden />
      <span>{why}</span>
    </p>
  )
}

function Caption({ picture, name }: { picture: Picture; name: string }) {
  const size = picture.problem === 'format' ? null : (formatDimensions(picture) ?? null)
  const measures = size === null && picture.bytes === null ? '' : measurePicture(picture)
  return (
    <figcaption className={styles.caption}>
      <span className={styles.name} title={picture.name === null ? undefined : revealControls(picture.name)}>
        {name}
      </span>
      {measures !== '' && <span>{measures}</span>}
    </figcaption>
  )
}
