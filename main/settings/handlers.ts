import type { SavedSearch } from '../../contract/domain/search.ts'
import type { Settings } from '../../contract/domain/settings.ts'
import type { HandlersOf } from '../handlers.ts'
import { readWishes } from './readWishes.ts'
import { forgetSearch, moveSearch, renameSearch, restoreSearch, saveSearch } from './savedSearches.ts'

export interface SettingsDependencies {
  current(): Settings
  /** Keeps what is named, and tells every window of it. */
  change(wanted: Partial<Settings>): Settings
  /** Does what only the host can, before it is kept; throws where the computer refuses. */
  carryOut(wanted: Partial<Settings>): void
  /** After its user changed something, told once it is kept. */
  onChanged(): void
  env: NodeJS.ProcessEnv
  nextSeq(): number
}

type SettingsMethod =
  | 'settings/read'
  | 'settings/change'
  | 'search/save'
  | 'search/rename'
  | 'search/move'
  | 'search/forget'
  | 'search/restore'

/** The user's settings, saved searches among them. */
export function createSettingsHandlers({
  current,
  change,
  carryOut,
  onChanged,
  env,
  nextSeq,
}: SettingsDependencies): HandlersOf<SettingsMethod> {
  function keepSearches(edit: (saved: SavedSearch[]) => SavedSearch[]): Record<string, never> {
    change({ savedSearches: edit(current().savedSearches) })
    return {}
  }

  return {
    'settings/read': () => ({ settings: current(), seq: nextSeq() }),
    'settings/change': async (wanted) => {
      const possible = await readWishes(wanted, env)
      carryOut(possible)
      const settings = change(possible)
      onChanged()
      return { settings }
    },
    'search/save': ({ search }) => keepSearches((saved) => saveSearch(saved, search)),
    'search/rename': ({ name, newName }) => keepSearches((saved) => renameSearch(saved, name, newName)),
    'search/move': ({ name, by }) => keepSearches((saved) => moveSearch(saved, name, by)),
    'search/forget': ({ name }) => keepSearches((saved) => forgetSearch(saved, name)),
    'search/restore': ({ search, at }) => keepSearches((saved) => restoreSearch(saved, search, at)),
  }
}
