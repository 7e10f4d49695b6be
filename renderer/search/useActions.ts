import {
  ChartNoAxesColumn,
  Copy,
  Download,
  GitFork,
  Keyboard,
  type LucideIcon,
  PanelRight,
  Pause,
  Pencil,
  Play,
  Plus,
  Radio,
  Rows3,
  Settings,
  SquareTerminal,
  Star,
  SunMoon,
  UserRound,
} from 'lucide-react'
import { useMemo } from 'react'
import { rootThreadId, type Session } from '../../contract/domain/session.ts'
import type { Start } from '../../contract/domain/terminal.ts'
import type { Reply } from '../../contract/reply.ts'
import { useAppState, useClient } from '../client/ClientProvider.tsx'
import { toggleInspector } from '../inspector/inspectorState.ts'
import { orderSessions } from '../sessions/groupSessions.ts'
import { beginRenaming } from '../sessions/renaming.ts'
import { goTo, type Route } from '../shell/route.ts'
import { projectName } from '../ui/formatting.ts'
import { isNarrow } from '../ui/narrow.ts'
import { revealControls } from '../ui/untrustedText.ts'

/** Something that can be done from the palette. */
export interface Action {
  id: string
  label: string
  /** Other words that people look for it by. */
  also: string
  keys?: string
  /** What it is about, at the right. */
  about?: string
  icon: LucideIcon
  /** Null when it is done, else why it is not. */
  run(): Promise<string | null> | null
}

/** What the window opens over itself. */
export interface Openers {
  onShortcuts(): void
  onNewSession(): void
  onExport(ids: string[]): void
}

const foldersOffered = 3

/** All that can be done from where the reader is, the nearest first. */
export function useActions(route: Route, { onShortcuts, onNewSession, onExport }: Openers): Action[] {
  const client = useClient()
  const sessions = useAppState((state) => state.sessions)
  const projects = useAppState((state) => state.projects)
  const isPaused = useAppState(({ recording }) => recording?.isPaused ?? false)
  const isSignedIn = useAppState(({ account }) => account?.account.state === 'chatgpt')
  const current = route.page === 'session' ? sessions[route.sessionId] : undefined

  return useMemo(() => {
    const newest = orderSessions(Object.values(sessions)).find(({ status, cwd }) => status !== 'live' && cwd !== null)
    const open = async (cwd: string, start: Start) => explain(await client.call('terminal/open', { cwd, start }))
    const show = (page: 'live' | 'sessions' | 'starred' | 'account' | 'usage' | 'settings') => () => {
      goTo({ page })
      return null
    }
    const ofSession = (session: Session): Action[] => {
      const { cwd } = session
      const threadId = rootThreadId(session)
      const resume: Action = {
        id: 'resume',
        label: 'Resume in terminal',
        also: 'continue go on',
        icon: SquareTerminal,
        run: () => open(cwd ?? '', { type: 'resume', threadId }),
      }
      const fork: Action = {
        id: 'fork',
        label: 'Fork in terminal',
        also: 'copy branch continue',
        icon: GitFork,
        run: () => open(cwd ?? '', { type: 'fork', threadId }),
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
    const folders = projects.flatMap(({ cwd }) => cwd ?? []).slice(0, foldersOffered)
    return [
      ...(current ? ofSession(current) : []),
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
          run: () => open(cwd, { type: 'new' }),
        }),
      ),
      ...(newest && newest.id !== current?.id
        ? [
            {
              id: 'resumeLast',
              label: 'Resume the last session',
              also: 'continue terminal',
              about: newest.title,
              icon: SquareTerminal,
              run: () => open(newest.cwd ?? '', { type: 'resume', threadId: rootThreadId(newest) }),
            },
          ]
        : []),
      {
        id: 'pause',
        label: isPaused ? 'Resume recording' : 'Pause recording',
        also: 'stop private',
        icon: isPaused ? Play : Pause,
        run: async () => explain(await client.call(isPaused ? 'recording/resume' : 'recording/pause', {})),
      },
      { id: 'live', label: 'Show what runs now', also: 'live page running', icon: Radio, run: show('live') },
      { id: 'sessions', label: 'Show all sessions', also: 'list page', icon: Rows3, run: show('sessions') },
      { id: 'starred', label: 'Show starred sessions', also: 'favourites page', icon: Star, run: show('starred') },
      {
        id: 'account',
        label: isSignedIn ? 'Account' : 'Sign in',
        also: 'login logout sign in sign out api key limits plan quota',
        icon: UserRound,
        run: show('account'),
      },
      {
        id: 'usage',
        label: 'Show usage and cost over time',
        also: 'tokens money price chart',
        keys: 'u',
        icon: ChartNoAxesColumn,
        run: show('usage'),
      },
      {
        id: 'settings',
        label: 'Settings',
        also: 'preferences options terminal retention update doctor diagnostics licences',
        keys: 'mod+,',
        icon: Settings,
        run: show('settings'),
      },
      ...(['system', 'light', 'dark'] as const).map(
        (theme): Action => ({
          id: `theme ${theme}`,
          label: theme === 'system' ? 'Theme of the system' : `${theme === 'light' ? 'Light' : 'Dark'} theme`,
          also: 'appearance colours mode',
          icon: SunMoon,
          run: async () => explain(await client.call('settings/change', { theme })),
        }),
      ),
      {
        id: 'shortcuts',
        label: 'Keyboard shortcuts',
        also: 'help keys map',
        keys: '?',
        icon: Keyboard,
        run: () => done(onShortcuts),
      },
    ]
  }, [client, sessions, projects, isPaused, isSignedIn, current, onShortcuts, onNewSession, onExport])
}

function done(act: () => void): null {
  act()
  return null
}

function explain(reply: Reply<unknown>): string | null {
  return reply.ok ? null : reply.error.message
}

async function copy(text: string): Promise<string | null> {
  try {
    await navigator.clipboard.writeText(text)
    return null
  } catch {
    return `The clipboard is closed to this page. The command is:  ${text}`
  }
}
