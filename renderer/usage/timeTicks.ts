import type { Bucket } from './usageBuckets.ts'

export interface TimeTick {
  index: number
  label: string
  /** Under the first label of each year, where the years are not all this one. */
  year: string | null
}

/** Which buckets are named under the axis: evenly apart, at most so many, and the last one always. */
export function layOutTicks(
  buckets: Pick<Bucket, 'shortName' | 'year'>[],
  { most, needsYears }: { most: number; needsYears: boolean },
): TimeTick[] {
  const apart = Math.max(1, Math.ceil(buckets.length / most))
  const named = buckets.map((bucket, index) => ({ ...bucket, index }))
  const chosen = named.filter(({ index }) => (buckets.length - 1 - index) % apart === 0)
  return chosen.map(({ index, shortName, year }, place) => ({
    index,
    label: shortName,
    year: needsYears && chosen[place - 1]?.year !== year ? year : null,
  }))
}
