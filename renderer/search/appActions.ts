import {
  ChartNoAxesColumn,
  Keyboard,
  Pause,
  Play,
  Radio,
  Rows3,
  Settings,
  Star,
  SunMoon,
  UserRound,
} from 'lucide-react'
import type { Client } from '../client/client.ts'
import { goTo } from '../shell/route.ts'
import { type Action, done, explain } from './action.ts'

/** What can be done from everywhere: the recording, the pages, how it all looks. */
export function appActions(
  client: Client,
  { isPaused, isSignedIn, onShortcuts }: { isPaused: boolean; isSignedIn: boolean; onShortcuts(): void },
): Action[] {
  return [
    {
      id: 'pause',
      label: isPaused ? 'Resume recording' : 'Pause recording',
      also: 'stop private',
      icon: isPaused ? Play : Pause,
      run: async () => explain(await client.call(isPaused ? 'recording/resume' : 'recording/pause', {})),
    },
    { id: 'live', label: 'Show what runs now', also: 'live page running', keys: 'g l', icon: Radio, run: show('live') },
    { id: 'sessions', label: 'Show all sessions', also: 'list page', keys: 'g s', icon: Rows3, run: show('sessions') },
    {
      id: 'starred',
      label: 'Show starred sessions',
      also: 'favourites page',
      keys: 'g t',
      icon: Star,
      run: show('starred'),
    },
    {
      id: 'account',
      label: isSignedIn ? 'Account' : 'Sign in',
      also: 'login logout sign in sign out api key limits plan quota',
      keys: 'g a',
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
        label: theme === 'system' ? 'System theme' : `${theme === 'light' ? 'Light' : 'Dark'} theme`,
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
}

const show = (page: 'live' | 'sessions' | 'starred' | 'account' | 'usage' | 'settings') => () =>
  done(() => goTo({ page }))
