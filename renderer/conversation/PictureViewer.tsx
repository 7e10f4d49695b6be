import { ChevronLeft, ChevronRight, Download, ImageOff, Maximize, Minimize, X, ZoomIn, ZoomOut } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type KeyboardEvent, type MouseEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { IconButton } from '../ui/Controls.tsx'
import { giveFocus } from '../ui/focusReturn.ts'
import styles from './PictureViewer.module.css'
import { type PictureState, usePicture } from './pictureBytes.ts'
import { neighbourOf, useViewedPictures, type ViewedPictures, viewPictures } from './pictureViewer.ts'
import { measurePicture, namePicture } from './pictureWords.ts'
import { savePicture } from './savePicture.ts'
import { useRoom } from './useRoom.ts'

/** One of an item's pictures over the whole window, with the way to the others. */
export function PictureViewer() {
  const viewed = useViewedPictures((state) => state.viewed)
  const opener = useRef<HTMLElement | null>(null)
  // The conversation that it belongs to goes.
  useEffect(() => () => viewPictures(null), [])
  return (
    <Radix.Root open={viewed !== null} onOpenChange={(isOpen) => !isOpen && viewPictures(null)}>
      <Radix.Portal>
        <div className={styles.layer}>
          <Radix.Content
            className={styles.box}
            aria-describedby={undefined}
            onOpenAutoFocus={(event) => {
              event.preventDefault()
              opener.current = document.activeElement as HTMLElement | null
              document.querySelector<HTMLElement>('[data-picture]')?.focus({ preventScroll: true })
            }}
            onCloseAutoFocus={(event) => {
              const isThere = opener.current?.isConnected
              giveFocus(event, isThere ? opener.current : document.querySelector<HTMLElement>('[data-conversation]'))
            }}
          >
            {viewed && <Viewed viewed={viewed} />}
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  )
}

const step = 1.5
const least = 0.1
const most = 16

function Viewed({ viewed }: { viewed: ViewedPictures }) {
  const { pictures, index, what, turnId, itemId } = viewed
  const picture = pictures[index]
  const scroller = useRef<HTMLDivElement>(null)
  const room = useRoom(scroller)
  const state = usePicture({ turnId, itemId, index }, true)
  /** Null while it fits into the window. */
  const [zoom, setZoom] = useState<number | null>(null)
  /** The point of the picture that stays where it is, as parts of its sides. */
  const held = useRef({ x: 0.5, y: 0.5 })
  const width = picture?.width ?? 0
  const height = picture?.height ?? 0
  const fitting = Math.min(1, room.width / Math.max(1, width), room.height / Math.max(1, height))
  const scale = zoom ?? fitting

  // biome-ignore lint/correctness/useExhaustiveDependencies: another scale is what moves it
  useLayoutEffect(() => {
    const box = scroller.current
    if (!box) return
    box.scrollLeft = held.current.x * box.scrollWidth - box.clientWidth / 2
    box.scrollTop = held.current.y * box.scrollHeight - box.clientHeight / 2
  }, [scale])

  if (!picture) return null
  const name = namePicture(picture, index, pictures.length, what)
  const others = pictures.filter(({ problem }) => problem === null).length > 1
  const isFitting = zoom === null

  function zoomTo(next: number | null, at = { x: 0.5, y: 0.5 }) {
    held.current = at
    setZoom(next === null ? null : Math.min(most, Math.max(Math.min(least, fitting), next)))
  }

  /** One that is smaller than the window fits into it at its size. */
  function toggleSize(at?: { x: number; y: number }) {
    zoomTo(isFitting ? (fitting < 1 ? 1 : 2) : null, at)
  }

  function go(by: 1 | -1) {
    const next = neighbourOf(viewed, by)
    if (next === null) return
    zoomTo(null)
    viewPictures({ ...viewed, index: next })
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.metaKey || event.ctrlKey || event.altKey) return
    const box = scroller.current
    switch (event.key) {
      case '+':
      case '=':
        zoomTo(scale * step)
        break
      case '-':
        zoomTo(scale / step)
        break
      case '0':
        toggleSize()
        break
      case 'ArrowLeft':
      case 'ArrowRight': {
        const by = event.key === 'ArrowLeft' ? -1 : 1
        // Where the arrows lead to other pictures, they scroll with Shift.
        if (others && !event.shiftKey) go(by)
        else box?.scrollBy({ left: by * 80 })
        break
      }
      case 'ArrowUp':
      case 'ArrowDown':
        box?.scrollBy({ top: event.key === 'ArrowUp' ? -80 : 80 })
        break
      default:
        return
    }
    event.preventDefault()
  }

  function onClick(event: MouseEvent<HTMLElement>) {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect()
    const isByKey = event.detail === 0
    toggleSize(isByKey ? undefined : { x: (event.clientX - left) / width, y: (event.clientY - top) / height })
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the whole dialog; each has a button
    <div className={styles.viewer} onKeyDown={onKeyDown}>
      <header className={styles.head}>
        <div className={styles.words}>
          <Radix.Title className={styles.title}>{name}</Radix.Title>
          <p className={styles.facts} aria-live="polite">
            {others && <span>{`${index + 1} of ${pictures.length}`}</span>}
            <span>{measurePicture(picture)}</span>
            <span>{Math.round(scale * 100)} %</span>
          </p>
        </div>
        <div className={styles.tools}>
          <IconButton label="Smaller" keys="-" icon={ZoomOut} onClick={() => zoomTo(scale / step)} />
          <IconButton label="Larger" keys="+" icon={ZoomIn} onClick={() => zoomTo(scale * step)} />
          <IconButton
            label={isFitting ? (fitting < 1 ? 'Actual size' : 'Double size') : 'Fit to the window'}
            keys="0"
            icon={isFitting ? Maximize : Minimize}
            onClick={() => toggleSize()}
          />
          <IconButton
            label="Save the picture"
            icon={Download}
            disabled={state.kind !== 'there'}
            onClick={() => state.kind === 'there' && savePicture(state.bytes, name)}
          />
          <IconButton label="Close" keys="Esc" icon={X} onClick={() => viewPictures(null)} />
        </div>
      </header>
      <div ref={scroller} className={styles.scroll}>
        <button
          type="button"
          data-picture
          className={styles.picture}
          data-fits={isFitting || undefined}
          aria-label={`${name}. ${isFitting ? 'Enlarge' : 'Fit to the window'}`}
          onClick={onClick}
        >
          <Drawn key={index} state={state} name={name} width={width * scale} height={height * scale} scale={scale} />
        </button>
      </div>
      {others && (
        <>
          <Way side="left" isOpen={neighbourOf(viewed, -1) !== null} onClick={() => go(-1)} />
          <Way side="right" isOpen={neighbourOf(viewed, 1) !== null} onClick={() => go(1)} />
        </>
      )}
    </div>
  )
}

/** It stays where it is at the ends, so that the focus has a place. */
function Way({ side, isOpen, onClick }: { side: 'left' | 'right'; isOpen: boolean; onClick(): void }) {
  return (
    <IconButton
      className={styles[side]}
      label={side === 'left' ? 'Previous picture' : 'Next picture'}
      keys={side === 'left' ? '←' : '→'}
      icon={side === 'left' ? ChevronLeft : ChevronRight}
      aria-disabled={!isOpen}
      onClick={onClick}
    />
  )
}

function Drawn({
  state,
  name,
  width,
  height,
  scale,
}: {
  state: PictureState
  name: string
  width: number
  height: number
  scale: number
}) {
  const [isBroken, setIsBroken] = useState(false)
  if (state.kind === 'missing' || isBroken) {
    return (
      <span className={styles.notShown}>
        <ImageOff aria-hidden />
        {state.kind === 'missing'
          ? `It could not be read. ${state.message}`
          : 'It could not be shown: its data is damaged'}
      </span>
    )
  }
  return (
    <span className={styles.frame} style={{ width, height }}>
      {state.kind === 'there' && (
        <img
          src={state.url}
          alt={name}
          draggable={false}
          data-large={scale >= 3 || undefined}
          onError={() => setIsBroken(true)}
        />
      )}
    </span>
  )
}
