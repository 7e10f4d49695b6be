const nbsp = '\u00a0'

/** `812 B`, `6.1 KB`, `24 KB`, `1.2 MB`, `12 GB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes}${nbsp}B`
  const [unit, size] = units.find(([, size]) => bytes < size * 999.5) ?? largest
  const value = bytes / size
  return `${value < 9.95 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value).toLocaleString('en')}${nbsp}${unit}`
}

const largest = ['GB', 1e9] as const
const units = [['KB', 1e3], ['MB', 1e6], largest] as const
