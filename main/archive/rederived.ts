import type { Recording } from '../../contract/domain/recording.ts'

/** `asked`: not begun, or asked for again since, which a migration does by writing it. */
export const rederiving = { none: 0, asked: 1, begun: 2 }

type Counter = 'rederiving' | 'rederivedTo' | 'rederivingTo'

/** How much is derived again, from 0 to 1 in steps of a hundredth; nothing when there is nothing to derive again. */
export function readRederived(read: (counter: Counter) => number): Pick<Recording, 'rederived'> {
  if (read('rederiving') === rederiving.none) return {}
  const end = read('rederivingTo')
  return { rederived: end === 0 ? 0 : Math.floor((100 * read('rederivedTo')) / end) / 100 }
}
