/** The value that `fraction` of the samples do not exceed (nearest rank); NaN without samples. */
export function percentile(samples: number[], fraction: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * fraction) - 1)] ?? Number.NaN
}

export const median = (samples: number[]) => percentile(samples, 0.5)
