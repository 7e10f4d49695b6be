import { create } from 'zustand'
import type { Picture } from '../../contract/domain/picture.ts'

/** The pictures of one item, of which one is looked at. */
export interface ViewedPictures {
  turnId: string
  itemId: string
  /** What a picture without a name is called. */
  what: string
  pictures: Picture[]
  index: number
}

/** Apart from the rows: the one that it was opened from may scroll out of the page while a turn goes on. */
export const useViewedPictures = create<{ viewed: ViewedPictures | null }>(() => ({ viewed: null }))

export function viewPictures(viewed: ViewedPictures | null): void {
  useViewedPictures.setState({ viewed })
}

/** The next one that can be shown, if there is one in that direction. */
export function neighbourOf({ pictures, index }: ViewedPictures, by: 1 | -1): number | null {
  for (let at = index + by; at >= 0 && at < pictures.length; at += by) if (pictures[at]?.problem === null) return at
  return null
}
