import { queryForFolder } from '../../contract/domain/searchLanguage.ts'
import { useAppState } from '../client/ClientProvider.tsx'
import { projectName } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import { starredQuery } from './listAddress.ts'

/** What the list is called: a folder, a saved search, or all there is. */
export function useListPlace(): { title: string; hint?: string } {
  const query = useAppState(({ view }) => view.query)
  const projects = useAppState((state) => state.projects)
  const saved = useAppState(({ settings }) => settings?.value.savedSearches)
  const name = saved?.find((search) => search.query === query)?.name
  if (name !== undefined) return { title: revealControls(name), hint: query }
  const cwd = projects.find((project) => project.cwd !== null && queryForFolder(project.cwd) === query)?.cwd
  if (cwd) return { title: revealControls(projectName(cwd)), hint: cwd }
  return { title: query === starredQuery ? 'Starred' : 'Sessions' }
}
