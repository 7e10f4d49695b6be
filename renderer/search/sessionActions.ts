import { Copy, Download, GitFork, PanelRight, Pencil, SquareTerminal, Star } from 'lucide-react'
import { rootThreadId, type Session } from '../../contract/domain/session.ts'
import type { Client } from '../client/client.ts'
import { toggleInspector } from '../inspector/inspectorState.ts'
import { beginRenaming } from '../sessions/renaming.ts'
import { isNarrow } from '../ui/narrow.ts'
import { type Action, done, explain, openTerminal } from './action.ts'

/** What can be done with the session that is open. */
export function sessionActions(client: Client, session: Session, onExport: (ids: string[]) => void): Action[] {
  const { cwd } = session
  const threadId = rootThreadId(session)
  const resume: Action = {
    id: 'resume',
    label: 'Resume in terminal',
    also: 'continue go on',
    icon: SquareTerminal,
    run: () => openTerminal(client, cwd ?? '', { type: 'resume', threadId }),
  }
  const fork: Action = {
    id: 'fork',
    label: 'Fork in terminal',
    also: 'copy branch continue',
    icon: GitFork,
    run: () => openTerminal(client, cwd ?? '', { type: 'fork', threadId }),
  }
  return [
    ...(cwd !== null && session.status !== 'live' ? [resume] : []),
    ...(cwd !== null ? [fork] : []),
    {
      id: 'copyResume',
      label: 'Copy resume command',
      also: 'clipboard terminal continue',
      about: `codex resume ${threadId}`,
      icon: Copy,
      run: () => copy(`codex resume ${threadId}`),
    },
    {
      id: 'export',
      label: 'Export this session…',
      also: 'share save markdown har html',
      keys: 'mod+e',
      icon: Download,
      run: () => done(() => onExport([session.id])),
    },
    {
      id: 'rename',
      label: 'Rename this session',
      also: 'title name call',
      keys: 'F2',
      icon: Pencil,
      run: () => done(() => beginRenaming(session.id)),
    },
    {
      id: 'star',
      label: session.isStarred ? 'Take the star away' : 'Star this session',
      also: 'favourite keep',
      keys: 's',
      icon: Star,
      run: async () => explain(await client.markSession(session.id, { isStarred: !session.isStarred })),
    },
    {
      id: 'inspector',
      label: 'Show or hide the inspector',
      also: 'request response cost cache context tokens',
      keys: 'mod+i',
      icon: PanelRight,
      run: () => done(() => toggleInspector(isNarrow())),
    },
  ]
}

async function copy(text: string): Promise<string | null> {
  try {
    await navigator.clipboard.writeText(text)
    return null
  } catch {
    return `The clipboard is closed to this page. The command is:  ${text}`
  }
}
