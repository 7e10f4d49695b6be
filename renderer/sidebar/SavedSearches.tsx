import { ArrowDown, ArrowUp, Bookmark, Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useEffect, useRef, useState } from 'react'
import type { SavedSearch } from '../../contract/domain/search.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { SaveSearchDialog } from '../search/SaveSearchDialog.tsx'
import { formatRoute } from '../shell/route.ts'
import controls from '../ui/Controls.module.css'
import { floatingHome } from '../ui/floatingHome.ts'
import { leaveFocus } from '../ui/focusReturn.ts'
import { Problem } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './Sidebar.module.css'
import lists from './SidebarLists.module.css'

const none: SavedSearch[] = []

/** Queries that are kept under a name; each shows its sessions. */
export function SavedSearches({ isList }: { isList: boolean }) {
  const saved = useAppState(({ settings }) => settings?.value.savedSearches ?? none)
  const current = useAppState(({ view }) => view.query)
  const client = useClient()
  const [renamed, setRenamed] = useState<SavedSearch | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const section = useRef<HTMLElement>(null)
  /** Where one was taken out of the list, its button with it. */
  const removedAt = useRef<number | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: that the list has changed is what it waits for, not what it reads
  useEffect(() => {
    const at = removedAt.current
    removedAt.current = null
    if (at === null || document.activeElement !== document.body) return
    const links = section.current?.querySelectorAll('a') ?? []
    const next = links[Math.min(at, links.length - 1)] ?? document.querySelector<HTMLElement>('a[href="#/sessions"]')
    next?.focus()
  }, [saved])

  async function remove({ name }: SavedSearch, at: number) {
    removedAt.current = at
    const reply = await client.forgetSearch(name)
    setProblem(reply.ok ? null : reply.error.message)
  }

  async function move({ name }: SavedSearch, by: -1 | 1) {
    const reply = await client.call('search/move', { name, by })
    setProblem(reply.ok ? null : reply.error.message)
  }

  if (saved.length === 0) return null
  return (
    <section ref={section} className={lists.projects} aria-label="Saved searches">
      <h2>Saved</h2>
      {saved.map((search, at) => (
        <div key={search.name} className={lists.savedRow}>
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
          <SavedMenu
            search={search}
            isFirst={at === 0}
            isLast={at === saved.length - 1}
            onRename={() => setRenamed(search)}
            onMove={(by) => void move(search, by)}
            onRemove={() => void remove(search, at)}
          />
        </div>
      ))}
      {problem !== null && (
        <Problem title="That did not work" onDismiss={() => setProblem(null)}>
          {problem}
        </Problem>
      )}
      <SaveSearchDialog
        query={renamed?.query ?? ''}
        name={renamed?.name ?? ''}
        isOpen={renamed !== null}
        onClose={() => setRenamed(null)}
      />
    </section>
  )
}

function SavedMenu({
  search,
  isFirst,
  isLast,
  onRename,
  onMove,
  onRemove,
}: {
  search: SavedSearch
  isFirst: boolean
  isLast: boolean
  onRename(): void
  onMove(by: -1 | 1): void
  onRemove(): void
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className={`${controls.iconButton} ${lists.savedMenu}`}
        aria-label={`More for ${revealControls(search.name)}`}
      >
        <Ellipsis aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={floatingHome()}>
        <DropdownMenu.Content
          className={controls.menu}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={leaveFocus}
        >
          <DropdownMenu.Item className={controls.menuItem} onSelect={onRename}>
            <Pencil aria-hidden />
            Rename…
          </DropdownMenu.Item>
          <DropdownMenu.Item className={controls.menuItem} disabled={isFirst} onSelect={() => onMove(-1)}>
            <ArrowUp aria-hidden />
            Move up
          </DropdownMenu.Item>
          <DropdownMenu.Item className={controls.menuItem} disabled={isLast} onSelect={() => onMove(1)}>
            <ArrowDown aria-hidden />
            Move down
          </DropdownMenu.Item>
          <DropdownMenu.Item className={controls.menuItem} data-tone="danger" onSelect={onRemove}>
            <Trash2 aria-hidden />
            Remove
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
