const storageKey = 'tapedeck.recentActions'
const mostKept = 20

/** Ids of what was done from the palette, the last first. */
export function recentActions(): string[] {
  try {
    const ids: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]')
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}

export function noteAction(id: string) {
  const ids = [id, ...recentActions().filter((other) => other !== id)].slice(0, mostKept)
  try {
    localStorage.setItem(storageKey, JSON.stringify(ids))
  } catch {
    // Storage can be closed; then nothing is remembered.
  }
}
