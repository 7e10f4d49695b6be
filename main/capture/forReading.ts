import type { Turn } from '../../contract/domain/turn.ts'
import { cutLongOutputs } from './longOutput.ts'
import { withoutPictureBytes } from './pictures.ts'

/** A turn as it is sent to who reads it: without what is fetched when it is looked at. */
export function forReading(turn: Turn): Turn {
  return withoutPictureBytes(cutLongOutputs(turn))
}
