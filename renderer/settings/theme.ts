import type { Settings } from '../../contract/domain/settings.ts'

const storageKey = 'theme'

/** The page as its user wants to see it; of `system` nothing is said, and the system decides. */
export function applyTheme(theme: Settings['theme']): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  try {
    localStorage.setItem(storageKey, theme)
  } catch {
    // Without a storage the page is in the system's colours until the settings have come.
  }
}

/** What it was the last time, so that the first paint is not in the wrong colours. */
export function recallTheme(): void {
  try {
    const theme = localStorage.getItem(storageKey)
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  } catch {
    // As above.
  }
}
