/** `12 ms`, `0.2 s`, `48 s`, `1 min 52 s`, `31 min`, `2 h 05 min`, `3 d`; no value is rounded up past its unit. `space` stands before the units. */
export function durationWords(ms: number, space: string): string {
  // What is counted in whole seconds begins there too.
  if (ms < 0.5) return `0${space}s`
  if (ms < 99.5) return `${Math.round(ms)}${space}ms`
  if (ms < 9_950) return `${(ms / 1_000).toFixed(1)}${space}s`
  const seconds = Math.round(ms / 1_000)
  if (seconds < 60) return `${seconds}${space}s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 10 && seconds % 60 > 0) return `${minutes}${space}min${space}${pad(seconds % 60)}${space}s`
  if (minutes < 60) return `${minutes}${space}min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24)
    return minutes % 60 > 0 ? `${hours}${space}h${space}${pad(minutes % 60)}${space}min` : `${hours}${space}h`
  return `${Math.floor(hours / 24)}${space}d`
}

const pad = (number: number) => String(number).padStart(2, '0')
