const nbsp = '\u00a0'

/** `812 B`, `6.1 KB`, `24 KB`, `1.2 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes}${nbsp}B`
  const [value, unit] = bytes < 999_500 ? [bytes / 1_000, 'KB'] : [bytes / 1_000_000, 'MB']
  return `${value < 9.95 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value).toLocaleString('en')}${nbsp}${unit}`
}
