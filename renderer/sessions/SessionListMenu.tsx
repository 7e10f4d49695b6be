import { ExternalLink, SquareCheck, SquareMinus } from 'lucide-react'
import { ContextMenu } from 'radix-ui'
import { type ReactElement, type SyntheticEvent, useRef, useState } from 'react'
import type { Session } from '../../contract/domain/session.ts'
import { type Action, done } from '../search/action.ts'
import { goTo } from '../shell/route.ts'
import controls from '../ui/Controls.module.css'
import { floatingHome } from '../ui/floatingHome.ts'
import { leaveFocusToField } from './editing.ts'
import styles from './SessionListMenu.module.css'
import { SessionMenuItems } from './SessionMenuItems.tsx'

const groups = [
  ['open', 'choose'],
  ['resume', 'fork'],
  ['rename', 'star', 'tag', 'note'],
  ['copyResume', 'copyId', 'openFolder', 'export'],
  ['delete'],
]

interface SessionListMenuProps {
  /** Those that the menu of this row is about: itself, or all that are chosen where it is one of them. */
  sessionsAt(id: string): Session[]
  actionsFor(sessions: Session[]): Action[]
  isChosen(id: string): boolean
  onChoose(id: string): void
  onProblem(action: Action, message: string | null): void
  /** The rows, each in an element with its id as `data-key`. */
  children: ReactElement
}

/** By a right click on a row, by the key for it, and by a long press: which on a phone is the way to choose the first of several. */
export function SessionListMenu(props: SessionListMenuProps) {
  const { sessionsAt, actionsFor, isChosen, onChoose, onProblem, children } = props
  const [id, setId] = useState<string | null>(null)
  const isPressed = useRef(false)
  /** The menu has come by a press that lasts: its end is no tap. */
  const isHeld = useRef(false)
  const about = id === null ? [] : sessionsAt(id)

  /** Between the rows is no menu of ours. */
  function aim(event: SyntheticEvent): boolean {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('li[data-key]') : null
    setId(row?.dataset.key ?? null)
    return row !== null
  }

  return (
    <ContextMenu.Root
      modal={false}
      onOpenChange={(isOpen) => {
        if (isOpen) isHeld.current = isPressed.current
      }}
    >
      <ContextMenu.Trigger
        asChild
        onContextMenuCapture={(event) => {
          if (!aim(event)) event.stopPropagation()
        }}
        onPointerDown={(event) => {
          isHeld.current = false
          isPressed.current = event.pointerType !== 'mouse'
          if (isPressed.current && !aim(event)) event.preventDefault()
        }}
        onPointerUp={() => {
          isPressed.current = false
        }}
        onTouchEnd={(event) => {
          // Else a tap follows, which takes the focus and opens the session.
          if (isHeld.current) event.preventDefault()
        }}
      >
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal container={floatingHome()}>
        <ContextMenu.Content
          className={`${controls.menu} ${styles.menu}`}
          aria-label={about.length > 1 ? 'Actions for the selected sessions' : 'Actions for this session'}
          collisionPadding={8}
          onCloseAutoFocus={leaveFocusToField}
        >
          {id !== null && (
            <SessionMenuItems
              menu={ContextMenu}
              actions={[...ownActions(id, isChosen(id), () => onChoose(id)), ...actionsFor(about)]}
              groups={groups}
              onProblem={onProblem}
            />
          )}
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  )
}

/** What only a row of a list offers. */
function ownActions(id: string, isChosen: boolean, onChoose: () => void): Action[] {
  return [
    {
      id: 'open',
      label: 'Open',
      also: '',
      icon: ExternalLink,
      run: () => done(() => goTo({ page: 'session', sessionId: id, turnId: null })),
    },
    {
      id: 'choose',
      label: isChosen ? 'Deselect' : 'Select',
      also: '',
      icon: isChosen ? SquareMinus : SquareCheck,
      run: () => done(onChoose),
    },
  ]
}
