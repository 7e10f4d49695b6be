import { Folder } from 'lucide-react'
import { useState } from 'react'
import { queryForFolder } from '../../contract/domain/searchLanguage.ts'
import { useAppState } from '../client/ClientProvider.tsx'
import { formatRoute } from '../shell/route.ts'
import { Hidden } from '../ui/Controls.tsx'
import { formatCount, shortenPath } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './Sidebar.module.css'
import lists from './SidebarLists.module.css'

const shownAtFirst = 8

/** The working folders, the last active first. */
export function Projects({ isList }: { isList: boolean }) {
  const projects = useAppState((state) => state.projects)
  const current = useAppState(({ view }) => view.query)
  const [isWhole, setIsWhole] = useState(false)
  const known = projects.flatMap(({ cwd, ...rest }) => (cwd === null ? [] : [{ cwd, ...rest }]))
  if (known.length === 0) return null
  const shown = isWhole ? known : known.slice(0, shownAtFirst)
  return (
    <section className={lists.projects} aria-label="Projects">
      <h2>Projects</h2>
      {shown.map(({ cwd, name, sessionCount }) => (
        <a
          key={cwd}
          className={styles.row}
          href={formatRoute({ page: 'sessions', query: queryForFolder(cwd) })}
          title={`${revealControls(shortenPath(cwd))}, ${formatCount(sessionCount, 'session')}`}
          aria-current={isList && current === queryForFolder(cwd) ? 'page' : undefined}
        >
          <Folder aria-hidden />
          <span className={styles.label} dir="auto">
            {revealControls(name)}
          </span>
          <span className={styles.count}>
            {sessionCount.toLocaleString('en')}
            <Hidden> {sessionCount === 1 ? 'session' : 'sessions'}</Hidden>
          </span>
        </a>
      ))}
      {known.length > shownAtFirst && (
        <button type="button" className={lists.all} onClick={() => setIsWhole(!isWhole)} aria-expanded={isWhole}>
          {isWhole ? 'Fewer' : `All ${known.length.toLocaleString('en')}`}
        </button>
      )}
    </section>
  )
}
