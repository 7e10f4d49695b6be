import type { SavedSearch } from '../../contract/domain/search.ts'
import type { Settings } from '../../contract/domain/settings.ts'
import type { HandlersOf } from '../handlers.ts'
import { readWishes } from './readWishes.ts'
import { forgetSearch, renameSearch, saveSearch } from './savedSearches.ts'

export interface SettingsDependencies {
  current(): Settings
  /** Does what takes more than keeping it. Throws where the computer refuses; then nothing is kept. */
  carryOut(wanted: Partial<Settings>): void
  /** Keeps what is named, and tells every window of it. */
  change(wanted: Partial<Settings>): Settings
  /** After its user changed something, told once it is kept. */
  onChanged(): void
  env: NodeJS.ProcessEnv
  nextSeq(): number
}

type SettingsMethod = 'settings/read' | 'settings/change' | 'search/save' | 'search/rename' | 'search/forget'

/** The user's settings, saved searches among them. */
export function createSettingsHandlers({
  current,
  carryOut,
  change,
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
    'settings/change': async (asked) => {
      const wanted = await readWishes(asked, env)
      carryOut(wanted)
      const settings = change(wanted)
      onChanged()
      return { settings }
    },
    'search/save': ({ search }) => keepSearches((saved) => saveSearch(saved, search)),
    'search/rename': ({ name, newName }) => keepSearches((saved) => renameSearch(saved, name, newName)),
    'search/forget': ({ name }) => keepSearches((saved) => forgetSearch(saved, name)),
  }
}
