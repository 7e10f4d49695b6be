import { useMemo, useState } from 'react'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import type { Action } from '../search/action.ts'
import { chosenActions, sessionActions } from '../search/sessionActions.ts'
import { ExportDialog } from '../sharing/ExportDialog.tsx'
import type { Route } from '../shell/route.ts'
import { Hidden } from '../ui/Controls.tsx'
import { useNow } from '../ui/clock.ts'
import { ChooseBox } from './ChooseBox.tsx'
import { FilterBar } from './FilterBar.tsx'
import { listSessions } from './filterSessions.ts'
import { groupSessions } from './groupSessions.ts'
import { ListHints } from './ListHints.tsx'
import { ListNotices, type ListProblem } from './ListNotices.tsx'
import { ListVoid } from './ListVoid.tsx'
import { useListAddress } from './listAddress.ts'
import { SelectionBar } from './SelectionBar.tsx'
import styles from './SessionList.module.css'
import { SessionListMenu } from './SessionListMenu.tsx'
import { SessionRow } from './SessionRow.tsx'
import { useListKeys } from './useListKeys.ts'
import { useListPlace } from './useListPlace.ts'
import { useListRows } from './useListRows.ts'
import { useRemoval } from './useRemoval.ts'
import { useReturn } from './useReturn.ts'
import { useSelection } from './useSelection.ts'

const nothingExported: string[] = []
const problemTitles: Record<string, string> = {
  delete: 'Not all could be deleted',
  resume: 'Codex was not started',
  fork: 'Codex was not started',
  openFolder: 'The folder was not opened',
}

export function SessionList({ route }: { route: Route }) {
  const sessions = useAppState((state) => state.sessions)
  const view = useAppState((state) => state.view)
  const narrowed = useAppState((state) => state.narrowed)
  const now = useNow(false)
  const ordered = useMemo(() => listSessions({ sessions, view, narrowed }, now), [sessions, view, narrowed, now])
  const rows = useMemo(() => groupSessions(ordered, view.sort, now), [ordered, view.sort, now])
  const isUnderWay = narrowed !== null && (narrowed.state === 'loading' || narrowed.isPartial)
  const isFiltering = isUnderWay && rows.length > 0
  const isCounted = narrowed?.state === 'ready' && !narrowed.isPartial
  // A session that is open beside the list has the title of the page.
  const [Heading, Day] = route.page === 'session' ? (['h2', 'h3'] as const) : (['h1', 'h2'] as const)
  const currentId = route.page === 'session' ? route.sessionId : null
  const selection = useSelection(ordered)
  useListAddress(route)
  const place = useListPlace()
  const { scroller, items, height, scrollTo, focus, focusedId } = useListRows(rows)
  const client = useClient()
  const [problem, setProblem] = useState<ListProblem | null>(null)
  const [exported, setExported] = useState(nothingExported)
  const remove = useRemoval({
    ordered,
    currentId,
    onRemoved(next) {
      selection.clear()
      if (next) focus(next.id)
    },
  })
  const explain = ({ id }: Pick<Action, 'id'>, message: string | null) =>
    setProblem(message === null ? null : { title: problemTitles[id] ?? 'That did not work', message })
  const onRemove = (ids: string[]) => void remove(ids).then((message) => explain({ id: 'delete' }, message))
  useReturn({ route, currentId, rows, scrollTo, focus })
  useListKeys({ ordered, currentId, selection, rows: { scrollTo, focus, focusedId }, onRemove })

  const openers = { onExport: setExported, onRemove: remove }

  return (
    <section
      className={styles.list}
      aria-label="Sessions"
      data-pane="list"
      data-choosing={selection.ids.length > 0 || undefined}
    >
      <header className={styles.head}>
        <Heading title={place.hint}>{place.title}</Heading>
        {isCounted && <span className={styles.total}>{narrowed.total.toLocaleString('en')}</span>}
      </header>
      <FilterBar now={now} />
      <ListNotices now={now} problem={problem} onDismiss={() => setProblem(null)} />
      <div ref={scroller} className={styles.scroll} tabIndex={rows.length === 0 ? 0 : -1} data-rows>
        {rows.length === 0 && <ListVoid />}
        {isFiltering && (
          <p className={styles.filtering} role="status">
            <Hidden>Sessions are being filtered</Hidden>
          </p>
        )}
        <SessionListMenu
          sessionsAt={(id) => (selection.has(id) ? selection.sessions : ordered.filter((each) => each.id === id))}
          actionsFor={(about) => sessionActions(client, about, openers)}
          isChosen={selection.has}
          onChoose={selection.toggle}
          onProblem={explain}
        >
          <ul className={styles.rows} aria-busy={isFiltering} style={{ height }}>
            {items.map((item) => {
              const row = rows[item.index]
              if (!row) return null
              return (
                <li
                  key={item.key}
                  data-key={row.kind === 'session' ? row.session.id : undefined}
                  style={{ height: item.size, transform: `translateY(${item.start}px)` }}
                >
                  {row.kind === 'day' ? (
                    <Day className={styles.day}>{row.label}</Day>
                  ) : (
                    <>
                      <SessionRow
                        session={row.session}
                        isUnderDay={view.sort === 'updated'}
                        isCurrent={row.session.id === currentId}
                        isSelected={selection.has(row.session.id)}
                        onSelect={selection.point}
                      />
                      <ChooseBox
                        session={row.session}
                        isSelected={selection.has(row.session.id)}
                        onSelect={selection.point}
                      />
                    </>
                  )}
                </li>
              )
            })}
          </ul>
        </SessionListMenu>
      </div>
      {selection.ids.length > 0 ? (
        <SelectionBar
          sessions={selection.sessions}
          actions={chosenActions(client, selection.sessions, openers)}
          onDo={(action) => void Promise.resolve(action.run()).then((message) => explain(action, message))}
          onProblem={(message) => explain({ id: 'tag' }, message)}
          onClear={selection.clear}
        />
      ) : (
        <ListHints hasRows={ordered.length > 0} isBesideSession={currentId !== null} />
      )}
      <ExportDialog ids={exported} isOpen={exported.length > 0} onClose={() => setExported(nothingExported)} />
    </section>
  )
}
