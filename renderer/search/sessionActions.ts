import {
  Copy,
  Download,
  FolderOpen,
  GitFork,
  Hash,
  NotebookPen,
  PanelRight,
  Pencil,
  Printer,
  SquareTerminal,
  Star,
  Tag,
  Trash2,
} from 'lucide-react'
import { goOnCommand } from '../../contract/domain/goOnCommand.ts'
import { folderToGoOnIn, rootThreadId, type Session } from '../../contract/domain/session.ts'
import type { Client } from '../client/client.ts'
import { printConversation } from '../conversation/printing.ts'
import { toggleInspector } from '../inspector/inspectorState.ts'
import { beginEditing, type EditedPart } from '../sessions/editing.ts'
import { formatRoute, goTo, type Route } from '../shell/route.ts'
import { isNarrow } from '../ui/narrow.ts'
import { type Action, done, explain } from './action.ts'
import { goOn } from './goOn.ts'

/** What happens around the sessions, which is for the page that shows them. */
export interface SessionOpeners {
  onExport(ids: string[]): void
  /** Null when they are gone, else why they are not. */
  onRemove(ids: string[]): Promise<string | null>
}

/** What can be done with these sessions: more with a single one. Wherever actions of sessions are offered, they are these. */
export function sessionActions(client: Client, sessions: Session[], openers: SessionOpeners): Action[] {
  const [session, ...others] = sessions
  if (session === undefined) return []
  return others.length === 0 ? actionsOfOne(client, session, openers) : chosenActions(client, sessions, openers)
}

function actionsOfOne(client: Client, session: Session, { onExport, onRemove }: SessionOpeners): Action[] {
  const { id } = session
  const folder = folderToGoOnIn(session)
  const command = goOnCommand({ type: 'resume', threadId: rootThreadId(session) }, folder)
  const resume: Action = {
    id: 'resume',
    label: 'Resume in terminal',
    also: 'continue go on',
    icon: SquareTerminal,
    run: () => goOn(client, session, 'resume'),
  }
  const fork: Action = {
    id: 'fork',
    label: 'Fork in terminal',
    also: 'copy branch continue',
    icon: GitFork,
    run: () => goOn(client, session, 'fork'),
  }
  const openFolder: Action = {
    id: 'openFolder',
    label: 'Open folder',
    also: 'directory files finder explorer',
    about: folder ?? '',
    icon: FolderOpen,
    run: async () => explain(await client.call('folder/open', { folder: 'session', id })),
  }
  return [
    ...(folder !== null && session.status !== 'live' ? [resume] : []),
    ...(folder !== null ? [fork] : []),
    {
      id: 'copyResume',
      label: 'Copy resume command',
      also: 'clipboard terminal continue',
      about: command,
      icon: Copy,
      run: () => copy(command, 'command'),
    },
    {
      id: 'export',
      label: 'Export this session…',
      short: 'Export…',
      also: 'share save markdown har html',
      keys: 'mod+e',
      icon: Download,
      run: () => done(() => onExport([id])),
    },
    {
      id: 'rename',
      label: 'Rename this session',
      short: 'Rename',
      also: 'title name call',
      keys: 'F2',
      icon: Pencil,
      run: () => done(() => edit(id, 'title')),
    },
    {
      id: 'star',
      label: session.isStarred ? 'Take the star away' : 'Star this session',
      short: session.isStarred ? 'Take the star away' : 'Star',
      also: 'favourite keep',
      keys: 's',
      icon: Star,
      run: async () => explain(await client.markSession(id, { isStarred: !session.isStarred })),
    },
    {
      id: 'tag',
      label: 'Tag this session',
      short: 'Tag',
      also: 'label word',
      keys: '#',
      icon: Tag,
      run: () => done(() => edit(id, 'tag')),
    },
    {
      id: 'note',
      label: session.note === '' ? 'Add a note to this session' : 'Change the note',
      short: session.note === '' ? 'Add a note' : 'Change the note',
      also: 'write remember comment',
      keys: 'a',
      icon: NotebookPen,
      run: () => done(() => edit(id, 'note')),
    },
    ...(folder !== null ? [openFolder] : []),
    {
      id: 'copyId',
      label: 'Copy session id',
      also: 'clipboard',
      icon: Hash,
      run: () => copy(id, 'id'),
    },
    {
      id: 'delete',
      label: 'Delete this session',
      short: 'Delete',
      also: 'remove erase',
      icon: Trash2,
      run: () => onRemove([id]),
    },
  ]
}

/** What can be done with all that are chosen at once, be it one. */
export function chosenActions(client: Client, sessions: Session[], { onExport, onRemove }: SessionOpeners): Action[] {
  const ids = sessions.map(({ id }) => id)
  const isStarred = sessions.every((session) => session.isStarred)
  return [
    {
      id: 'star',
      label: isStarred ? 'Take the stars away' : 'Star them',
      also: 'favourite keep',
      keys: 's',
      icon: Star,
      async run() {
        for (const id of ids) {
          const reply = await client.markSession(id, { isStarred: !isStarred })
          if (!reply.ok) return explain(reply)
        }
        return null
      },
    },
    {
      id: 'tag',
      label: 'Tag them',
      also: 'label word',
      keys: '#',
      icon: Tag,
      run: () => done(() => beginEditing('chosen', 'tag')),
    },
    {
      id: 'export',
      label: 'Export them',
      also: 'share save markdown har html',
      keys: 'mod+e',
      icon: Download,
      run: () => done(() => onExport(ids)),
    },
    {
      id: 'delete',
      label: 'Delete them',
      also: 'remove erase',
      keys: 'Delete',
      icon: Trash2,
      run: () => onRemove(ids),
    },
  ]
}

export const inspectorAction: Action = {
  id: 'inspector',
  label: 'Show or hide the inspector',
  also: 'request response cost cache context tokens',
  keys: 'mod+i',
  icon: PanelRight,
  run: () => done(() => toggleInspector(isNarrow())),
}

export const printAction: Action = {
  id: 'print',
  label: 'Print this conversation…',
  also: 'paper pdf',
  keys: 'mod+p',
  icon: Printer,
  run: () => done(() => void printConversation()),
}

/** Its fields are in its head, which comes with the session. */
function edit(id: string, part: EditedPart): void {
  beginEditing(id, part)
  const to: Route = { page: 'session', sessionId: id, turnId: null }
  if (!location.hash.startsWith(formatRoute(to))) goTo(to)
}

async function copy(text: string, what: string): Promise<string | null> {
  try {
    await navigator.clipboard.writeText(text)
    return null
  } catch {
    return `The clipboard is closed to this page. The ${what} is:  ${text}`
  }
}
