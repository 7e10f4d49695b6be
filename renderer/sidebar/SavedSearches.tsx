import { Bookmark, Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useState } from 'react'
import type { SavedSearch } from '../../contract/domain/search.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { SaveSearchDialog } from '../search/SaveSearchDialog.tsx'
import { formatRoute } from '../shell/route.ts'
import controls from '../ui/Controls.module.css'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './Sidebar.module.css'

const none: SavedSearch[] = []

/** Queries that are kept under a name; each shows its sessions. */
export function SavedSearches({ isList }: { isList: boolean }) {
  const saved = useAppState(({ settings }) => settings?.value.savedSearches ?? none)
  const current = useAppState(({ view }) => view.query)
  const [renamed, setRenamed] = useState<SavedSearch | null>(null)
  if (saved.length === 0) return null
  return (
    <section className={styles.projects} aria-label="Saved searches">
      <h2>Saved</h2>
      {saved.map((search) => (
        <div key={search.name} className={styles.savedRow}>
          <a
            className={styles.row}
            href={formatRoute({ page: 'sessions', query: search.query })}
            title={revealControls(search.query)}
            aria-current={isList && current === search.query ? 'page' : undefined}
          >
            <Bookmark aria-hidden />
            <span className={styles.label} dir="auto">
              {revealControls(search.name)}
            </span>
          </a>
          <SavedMenu search={search} onRename={() => setRenamed(search)} />
        </div>
      ))}
      <SaveSearchDialog
        query={renamed?.query ?? ''}
        name={renamed?.name ?? ''}
        isOpen={renamed !== null}
        onClose={() => setRenamed(null)}
      />
    </section>
  )
}

function SavedMenu({ search, onRename }: { search: SavedSearch; onRename(): void }) {
  const client = useClient()
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className={`${controls.iconButton} ${styles.savedMenu}`}
        aria-label={`More for ${revealControls(search.name)}`}
      >
        <Ellipsis aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={controls.menu} align="start" sideOffset={4} collisionPadding={8}>
          <DropdownMenu.Item className={controls.menuItem} onSelect={onRename}>
            <Pencil aria-hidden />
            Rename…
          </DropdownMenu.Item>
          <DropdownMenu.Item
            className={controls.menuItem}
            data-tone="danger"
            onSelect={() => void client.call('search/forget', { name: search.name })}
          >
            <Trash2 aria-hidden />
            Remove
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
