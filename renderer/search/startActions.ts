import { Plus, SquareTerminal } from 'lucide-react'
import type { Session } from '../../contract/domain/session.ts'
import type { Client } from '../client/client.ts'
import { projectName } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import { type Action, done, startIn } from './action.ts'
import { goOn } from './goOn.ts'

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
        run: () => startIn(client, cwd),
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
            run: () => goOn(client, last, 'resume'),
          },
        ]
      : []),
  ]
}
