import { ChevronLeft, Copy, Download, Ellipsis, FolderOpen, Hash, PanelRight, Pencil, Trash2 } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useEffect, useRef, useState } from 'react'
import { rootThreadId, type Session } from '../../contract/domain/session.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { toggleInspector, useInspector } from '../inspector/inspectorState.ts'
import { ExportDialog } from '../sharing/ExportDialog.tsx'
import { formatRoute, goTo } from '../shell/route.ts'
import { TerminalButtons } from '../terminals/TerminalButtons.tsx'
import { TerminalProblem } from '../terminals/TerminalProblem.tsx'
import { useOpenTerminal } from '../terminals/useOpenTerminal.ts'
import controls from '../ui/Controls.module.css'
import { Button, IconButton, Tip } from '../ui/Controls.tsx'
import { floatingHome } from '../ui/floatingHome.ts'
import { useReturnedFocus } from '../ui/focusReturn.ts'
import { Problem, useCopy } from '../ui/Notices.tsx'
import { isNarrow } from '../ui/narrow.ts'
import { useShortcuts } from '../ui/useShortcuts.ts'
import { routeOfView } from './listAddress.ts'
import { RenameField } from './RenameField.tsx'
import { beginRenaming, endRenaming, leaveFocusToRenaming, useRenaming } from './renaming.ts'
import { SessionFacts } from './SessionFacts.tsx'
import styles from './SessionHead.module.css'
import { SessionMarks, StarButton } from './SessionMarks.tsx'
import { SessionTitle } from './SessionTitle.tsx'

export function SessionHead({ session, turns }: { session: Session; turns: Turn[] }) {
  const client = useClient()
  const backToList = useAppState(({ view }) => formatRoute(routeOfView(view)))
  const isRenaming = useRenaming(({ sessionId }) => sessionId === session.id)
  const renameButton = useRef<HTMLButtonElement>(null)
  useReturnedFocus(isRenaming, () => renameButton.current)
  const [isExporting, setIsExporting] = useState(false)
  const [problem, setProblem] = useState<{ title: string; message: string } | null>(null)
  const { copy } = useCopy()
  const opening = useOpenTerminal()
  const resume = `codex resume ${rootThreadId(session)}`
  const menuButton = useRef<HTMLButtonElement>(null)

  async function rename(title: string) {
    endRenaming(session.id)
    if (title === session.title) return
    const reply = await client.renameSession(session.id, title === '' ? null : title)
    setProblem(reply.ok ? null : { title: 'The session was not renamed', message: reply.error.message })
  }

  async function openFolder() {
    const reply = await client.call('folder/open', { folder: 'session', id: session.id })
    setProblem(reply.ok ? null : { title: 'The folder was not opened', message: reply.error.message })
  }

  async function remove() {
    const reply = await client.deleteSessions([session.id])
    if (reply.ok) goTo(routeOfView(client.store.getState().view))
    else setProblem({ title: 'The session was not deleted', message: reply.error.message })
  }

  useShortcuts({
    'mod+e': () => {
      setIsExporting(true)
      return undefined
    },
    F2: () => {
      beginRenaming(session.id)
      return undefined
    },
  })

  const { id } = session
  // Whoever leaves the session leaves its field.
  useEffect(() => () => endRenaming(id), [id])

  return (
    <header className={styles.head}>
      <div className={styles.bar}>
        <Tip label="Back to the list">
          <a
            className={`${controls.iconButton} ${styles.back}`}
            href={backToList}
            aria-label="Back to the list"
            data-back-to-list
          >
            <ChevronLeft aria-hidden />
          </a>
        </Tip>
        <div className={styles.titleBox}>
          {isRenaming ? (
            <RenameField title={session.title} onDone={rename} onCancel={() => endRenaming(session.id)} />
          ) : (
            <>
              <SessionTitle key={session.title} title={session.title} />
              <IconButton
                ref={renameButton}
                label="Rename"
                keys="F2"
                icon={Pencil}
                className={styles.rename}
                onClick={() => beginRenaming(session.id)}
              />
            </>
          )}
        </div>
        <TerminalButtons session={session} opening={opening} />
        <IconButton
          label="Export…"
          keys="mod+e"
          icon={Download}
          text="Export"
          className={styles.export}
          onClick={() => setIsExporting(true)}
        />
        <StarButton session={session} />
        <InspectorButton />
        <DropdownMenu.Root modal={false}>
          <Tip label="More">
            <DropdownMenu.Trigger ref={menuButton} className={controls.iconButton} aria-label="More">
              <Ellipsis aria-hidden />
            </DropdownMenu.Trigger>
          </Tip>
          <DropdownMenu.Portal container={floatingHome()}>
            <DropdownMenu.Content
              className={controls.menu}
              align="end"
              sideOffset={4}
              collisionPadding={8}
              onCloseAutoFocus={leaveFocusToRenaming}
            >
              <DropdownMenu.Item className={controls.menuItem} onSelect={() => beginRenaming(session.id)}>
                <Pencil aria-hidden />
                Rename
              </DropdownMenu.Item>
              <DropdownMenu.Item className={controls.menuItem} onSelect={() => copy(resume)}>
                <Copy aria-hidden />
                Copy resume command
              </DropdownMenu.Item>
              {session.cwd !== null && (
                <DropdownMenu.Item className={controls.menuItem} onSelect={() => void openFolder()}>
                  <FolderOpen aria-hidden />
                  Open folder
                </DropdownMenu.Item>
              )}
              <DropdownMenu.Item className={controls.menuItem} onSelect={() => copy(session.id)}>
                <Hash aria-hidden />
                Copy session id
              </DropdownMenu.Item>
              <DropdownMenu.Item className={controls.menuItem} onSelect={() => setIsExporting(true)}>
                <Download aria-hidden />
                Export…
              </DropdownMenu.Item>
              <DropdownMenu.Separator className={controls.menuLine} />
              <DropdownMenu.Item className={controls.menuItem} data-tone="danger" onSelect={() => void remove()}>
                <Trash2 aria-hidden />
                Delete
              </DropdownMenu.Item>
            </DropdownMenu.Content>
          </DropdownMenu.Portal>
        </DropdownMenu.Root>
      </div>
      <SessionFacts session={session} turns={turns} />
      <SessionMarks session={session} />
      {problem !== null && (
        <div className={styles.problem}>
          <Problem title={problem.title} actions={<Button onClick={() => setProblem(null)}>Dismiss</Button>}>
            {problem.message}
          </Problem>
        </div>
      )}
      {opening.failure && (
        <div className={styles.problem}>
          <TerminalProblem failure={opening.failure} onDismiss={opening.forget} />
        </div>
      )}
      <ExportDialog ids={[session.id]} isOpen={isExporting} onClose={() => setIsExporting(false)} />
    </header>
  )
}

function InspectorButton() {
  const isOpen = useInspector((state) => state.isOpen)
  return (
    <IconButton
      label="Inspector"
      keys="mod+i"
      icon={PanelRight}
      aria-pressed={isOpen}
      onClick={() => toggleInspector(isNarrow())}
    />
  )
}
