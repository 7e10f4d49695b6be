import { BookmarkPlus, TriangleAlert, X } from 'lucide-react'
import { useState } from 'react'
import { readSearch, withPart } from '../../contract/domain/searchLanguage.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { SaveSearchDialog } from '../search/SaveSearchDialog.tsx'
import { Hidden, IconButton, Tip } from '../ui/Controls.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './FilterBar.module.css'
import { FilterField } from './FilterField.tsx'
import { chipsOf, withoutChip } from './filterChips.ts'
import { showView, starredQuery } from './listAddress.ts'
import { SortMenu } from './SortMenu.tsx'

/** Narrows and sorts the list: what is typed is completed to what there is, and stands there as chips that can be taken away. */
export function FilterBar({ now }: { now: number }) {
  const client = useClient()
  const view = useAppState((state) => state.view)
  const [isSaving, setIsSaving] = useState(false)
  // A place is no filter: nothing of it can be taken away.
  const chips = view.query === starredQuery ? [] : chipsOf(view.query, now)
  const isSound = readSearch(view.query, now).problems.length === 0

  function setQuery(query: string) {
    showView(client, { ...view, query })
  }

  return (
    <div className={styles.bar}>
      <div className={styles.line}>
        <FilterField
          now={now}
          view={view}
          onAdd={(part) => setQuery(withPart(view.query, part))}
          onTakeBack={() => {
            const last = chips.at(-1)
            if (!last) return null
            setQuery(withoutChip(view.query, last))
            return view.query.slice(last.start, last.end)
          }}
        />
        <SortMenu sort={view.sort} onSort={(sort) => showView(client, { ...view, sort })} />
      </div>
      {chips.length > 0 && (
        <ul className={styles.chips} aria-label="Filters">
          {chips.map((chip) => (
            <li key={chip.start} className={styles.chip} data-broken={chip.isBroken || undefined}>
              {chip.isBroken && <TriangleAlert aria-hidden />}
              <span dir="auto">
                {chip.isBroken && <Hidden>Cannot be read: </Hidden>}
                {revealControls(chip.label)}
              </span>
              <Tip label="Remove this filter">
                <button
                  type="button"
                  aria-label={`Remove the filter ${revealControls(chip.label)}`}
                  onClick={() => setQuery(withoutChip(view.query, chip))}
                >
                  <X aria-hidden />
                </button>
              </Tip>
            </li>
          ))}
          {chips.length > 1 && (
            <li>
              <button type="button" className={styles.clear} onClick={() => setQuery('')}>
                Clear all
              </button>
            </li>
          )}
          {isSound && (
            <li className={styles.save}>
              <IconButton
                label="Save these filters in the sidebar"
                icon={BookmarkPlus}
                onClick={() => setIsSaving(true)}
              />
            </li>
          )}
        </ul>
      )}
      <SaveSearchDialog query={view.query} isOpen={isSaving} onClose={() => setIsSaving(false)} />
    </div>
  )
}
