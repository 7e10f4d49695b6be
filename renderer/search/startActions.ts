import { Plus, SquareTerminal } from 'lucide-react'
import { rootThreadId, type Session } from '../../contract/domain/session.ts'
import type { Client } from '../client/client.ts'
import { projectName } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import { type Action, done, openTerminal } from './action.ts'

/** The ways to start codex: anywhere, in one of these folders, or where the last session ended. */
export function startActions(
  client: Client,
  { folders, last, onNewSession }: { folders: string[]; last: Session | undefined; onNewSession(): void },
): Action[] {
  return [
    {
      id: 'newSession',
      label: 'New session…',
      also: 'start codex terminal folder',
      keys: 'c',
      icon: Plus,
      run: () => done(onNewSession),
    },
    ...folders.map(
      (cwd): Action => ({
        id: `newSession ${cwd}`,
        label: `New session in ${revealControls(projectName(cwd))}`,
        also: `start codex terminal ${cwd}`,
        about: cwd,
        icon: Plus,
        run: () => openTerminal(client, cwd, { type: 'new' }),
      }),
    ),
    ...(last
      ? [
          {
            id: 'resumeLast',
            label: 'Resume the last session',
            also: 'continue terminal',
            about: last.title,
            icon: SquareTerminal,
            run: () => openTerminal(client, last.cwd ?? '', { type: 'resume', threadId: rootThreadId(last) }),
          },
        ]
      : []),
  ]
}
