import { ChevronLeft, Download, Ellipsis, PanelRight, Pencil } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useEffect, useRef, useState } from 'react'
import type { Session } from '../../contract/domain/session.ts'
import type { Turn } from '../../contract/domain/turn.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { toggleInspector, useInspector } from '../inspector/inspectorState.ts'
import { sessionActions } from '../search/sessionActions.ts'
import { ExportDialog } from '../sharing/ExportDialog.tsx'
import { formatRoute } from '../shell/route.ts'
import { ElsewhereDialog } from '../terminals/ElsewhereDialog.tsx'
import { GoingOnProblem } from '../terminals/GoingOnProblem.tsx'
import { TerminalButtons } from '../terminals/TerminalButtons.tsx'
import { useElsewhere } from '../terminals/useElsewhere.ts'
import { useOpenTerminal } from '../terminals/useOpenTerminal.ts'
import controls from '../ui/Controls.module.css'
import { IconButton, Tip } from '../ui/Controls.tsx'
import { floatingHome } from '../ui/floatingHome.ts'
import { useReturnedFocus } from '../ui/focusReturn.ts'
import { Problem } from '../ui/Notices.tsx'
import { isNarrow } from '../ui/narrow.ts'
import { useShortcuts } from '../ui/useShortcuts.ts'
import { beginEditing, endEditing, leaveFocusToField, useIsEditing } from './editing.ts'
import { routeOfView } from './listAddress.ts'
import { RenameField } from './RenameField.tsx'
import { removeOpen } from './removeOpen.ts'
import { SessionFacts } from './SessionFacts.tsx'
import styles from './SessionHead.module.css'
import { SessionMarks, StarButton } from './SessionMarks.tsx'
import { SessionMenuItems } from './SessionMenuItems.tsx'
import { SessionTitle } from './SessionTitle.tsx'

/** What has no button of its own in the head, and what one looks for in such a menu all the same. */
const menuGroups = [['rename', 'tag', 'note', 'copyResume', 'openFolder', 'copyId', 'export'], ['delete']]
const problemTitles: Record<string, string> = {
  openFolder: 'The folder was not opened',
  delete: 'The session was not deleted',
}

export function SessionHead({ session, turns }: { session: Session; turns: Turn[] }) {
  const client = useClient()
  const backToList = useAppState(({ view }) => formatRoute(routeOfView(view)))
  const isRenaming = useIsEditing(session.id, 'title')
  const renameButton = useRef<HTMLButtonElement>(null)
  useReturnedFocus(isRenaming, () => renameButton.current)
  const [isExporting, setIsExporting] = useState(false)
  const [problem, setProblem] = useState<{ title: string; message: string } | null>(null)
  const opening = useOpenTerminal()
  const [elsewhere, setElsewhere] = useElsewhere(session.id)
  const resumeButton = useRef<HTMLButtonElement>(null)
  useReturnedFocus(elsewhere !== null, () => resumeButton.current)
  const menuButton = useRef<HTMLButtonElement>(null)

  async function rename(title: string) {
    endEditing(session.id, 'title')
    if (title === session.title) return
    const reply = await client.renameSession(session.id, title === '' ? null : title)
    setProblem(reply.ok ? null : { title: 'The session was not renamed', message: reply.error.message })
  }

  const actions = sessionActions(client, [session], {
    onExport: () => setIsExporting(true),
    onRemove: (ids) => removeOpen(client, ids),
  })

  useShortcuts({
    'mod+e': () => {
      setIsExporting(true)
      return undefined
    },
    F2: () => {
      beginEditing(session.id, 'title')
      return undefined
    },
  })

  const { id } = session
  // Whoever leaves the session leaves its fields.
  useEffect(() => () => endEditing(id), [id])

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
            <RenameField title={session.title} onDone={rename} onCancel={() => endEditing(session.id, 'title')} />
          ) : (
            <>
              <SessionTitle key={session.title} title={session.title} />
              <IconButton
                ref={renameButton}
                label="Rename"
                keys="F2"
                icon={Pencil}
                className={styles.rename}
                onClick={() => beginEditing(session.id, 'title')}
              />
            </>
          )}
        </div>
        <TerminalButtons session={session} opening={opening} resumeRef={resumeButton} />
        <IconButton
          label="Export…"
          keys="mod+e"
          icon={Download}
          text="Export"
          givesWay
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
              onCloseAutoFocus={leaveFocusToField}
            >
              <SessionMenuItems
                menu={DropdownMenu}
                actions={actions}
                groups={menuGroups}
                onProblem={({ id }, message) =>
                  setProblem(message === null ? null : { title: problemTitles[id] ?? 'That did not work', message })
                }
              />
            </DropdownMenu.Content>
          </DropdownMenu.Portal>
        </DropdownMenu.Root>
      </div>
      <SessionFacts session={session} turns={turns} />
      <SessionMarks session={session} />
      {problem !== null && (
        <div className={styles.problem}>
          <Problem title={problem.title} onDismiss={() => setProblem(null)}>
            {problem.message}
          </Problem>
        </div>
      )}
      {opening.failure && (
        <div className={styles.problem}>
          <GoingOnProblem failure={opening.failure} onElsewhere={setElsewhere} onDismiss={opening.forget} />
        </div>
      )}
      <ElsewhereDialog
        session={session}
        way={elsewhere}
        onClose={() => setElsewhere(null)}
        onOpened={() => {
          setElsewhere(null)
          opening.forget()
        }}
      />
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
