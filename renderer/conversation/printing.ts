import { useEffect, useSyncExternalStore } from 'react'

/** How long pictures may take before it goes to paper without the rest, and how many letters of base64 they may have. */
const mostMs = 5_000
const mostLetters = 96_000_000
/** What takes no longer needs no word. */
const silentMs = 150

type Stage = 'none' | 'laidOut' | 'loading'
let stage: Stage = 'none'
const listeners = new Set<() => void>()

function enter(next: Stage): void {
  stage = next
  for (const listener of listeners) listener()
}
let isAnnounced = false
addEventListener('beforeprint', () => {
  isAnnounced = true
  enter('laidOut')
})
addEventListener('afterprint', () => enter('none'))

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether the page is about to go to paper, where nobody scrolls. */
export function usePrinting(): boolean {
  return useSyncExternalStore(subscribe, () => stage !== 'none')
}

/** Whether somebody waits for that. */
export function useLoadingToPrint(): boolean {
  return useSyncExternalStore(subscribe, () => stage === 'loading')
}

/** Fetches a picture and has it drawn; tells how many letters it has. */
type LoadPicture = () => Promise<number>
const pictures = new Set<LoadPicture>()

/** As long as it is part of the page, it is loaded before that is printed. */
export function useLoadedToPrint(load: LoadPicture): void {
  useEffect(() => {
    pictures.add(load)
    return () => void pictures.delete(load)
  }, [load])
}

/** Prints the conversation that is shown, with its pictures: a browser that is told to print by itself waits for none. */
export async function printConversation(): Promise<void> {
  if (stage !== 'none') return
  enter('laidOut')
  const word = setTimeout(() => enter('loading'), silentMs)
  let isOver = false
  const pause = new Promise<void>((resolve) => setTimeout(resolve, mostMs))
  await Promise.race([loadPictures(() => isOver), pause])
  isOver = true
  clearTimeout(word)
  isAnnounced = false
  print()
  // Where nothing can be printed, nothing says that it is over.
  if (!isAnnounced) enter('none')
}

async function loadPictures(isOver: () => boolean): Promise<void> {
  await drawn()
  let letters = 0
  for (const load of pictures) {
    if (isOver() || letters >= mostLetters) break
    letters += await load()
  }
  await drawn()
  const images = document.querySelectorAll<HTMLImageElement>('[data-conversation] img')
  await Promise.allSettled([...images].map((image) => image.decode()))
}

/** When what is known by now is part of the page. */
function drawn(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
}
