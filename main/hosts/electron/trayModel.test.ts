import { expect, test } from 'vitest'
import type { Account } from '../../../contract/domain/account.ts'
import { type HostState, initialHostState } from './hostState.ts'
import { accountOf, jane, limitsOf, noon, sessionOf, stateOf } from './sampleState.ts'
import { type TrayAction, type TrayEntry, type TraySurroundings, trayModel } from './trayModel.ts'

const around: TraySurroundings = {
  platform: 'darwin',
  home: '/home/jane',
  now: noon,
  globalShortcut: 'Alt+Command+T',
  timeZone: 'UTC',
}
const windows: TraySurroundings = { ...around, platform: 'win32', globalShortcut: 'Control+Alt+T' }
const linux: TraySurroundings = { ...around, platform: 'linux', globalShortcut: null }

/** A menu as people would read it aloud. */
function read(entries: TrayEntry[], indent = ''): string[] {
  return entries.flatMap((entry) => readEntry(entry, indent))
}

function readEntry(entry: TrayEntry, indent: string): string[] {
  switch (entry.type) {
    case 'separator':
      return [`${indent}---`]
    case 'text':
      return [`${indent}${entry.label}`]
    case 'menu':
      return [`${indent}> ${entry.label}${entry.isEnabled ? '' : ' (off)'}`, ...read(entry.entries, `${indent}  `)]
    case 'action': {
      const parts = [
        entry.label,
        entry.sublabel && `| ${entry.sublabel}`,
        entry.accelerator && `[${entry.accelerator}]`,
      ]
      return [`${indent}* ${parts.filter(Boolean).join(' ')}${entry.isEnabled === false ? ' (off)' : ''}`]
    }
  }
}

function actionOf(entries: TrayEntry[], label: string): TrayAction | undefined {
  for (const entry of entries) {
    if (entry.type === 'action' && entry.label.startsWith(label)) return entry.action
    const inner = entry.type === 'menu' ? actionOf(entry.entries, label) : undefined
    if (inner) return inner
  }
  return undefined
}

const head = (state: HostState, surroundings = around) => {
  const { icon, tooltip, entries } = trayModel(state, surroundings)
  return {
    icon,
    tooltip,
    lines: read(
      entries.slice(
        0,
        entries.findIndex(({ type }) => type === 'separator'),
      ),
    ),
  }
}

const busy = stateOf({
  account: accountOf(jane, { limits: limitsOf(62) }),
  sessions: [
    sessionOf('api', { title: 'Fix the flaky login test', status: 'live' }),
    sessionOf('infra', { title: 'Move to Postgres', status: 'live' }),
    sessionOf('web', { title: 'Add a button' }),
  ],
  turns: {
    t: {
      id: 't',
      sessionId: 'infra',
      threadId: 'infra-root',
      status: 'live',
      prompt: '',
      startedAt: noon,
      seq: 1,
      waitsForUser: true,
    },
  },
  folders: ['/home/jane/src/api', '/srv/web'],
})

test('the whole menu of macOS', () => {
  expect(read(trayModel(busy, around).entries)).toEqual([
    'Recording 2 sessions',
    'jane@example.com · Plus',
    '5 h window  ▓▓▓▓▓▓░░░░ 62 % · resets 14:00',
    'Week  ▓▓░░░░░░░░ 18 % · resets Fri',
    '---',
    '> New Codex Session in',
    '  * ~/src/api [Command+N]',
    '  * /srv/web',
    '  ---',
    '  * Choose Folder…',
    '* Resume Last Session | “Add a button”, ~/src/web',
    '> Running (2)',
    '  * Fix the flaky login test | ~/src/api · since 11:00',
    '  * Move to Postgres | ~/src/infra · since 11:00 · waits for you',
    '---',
    '* Open Tapedeck [Alt+Command+T]',
    '> Account',
    '  * Sign In with ChatGPT…',
    '  * Use Device Code…',
    '  * Use API Key…',
    '  ---',
    '  * Sign Out…',
    '* Pause Recording',
    '* Settings… [Command+,]',
    '---',
    '* Quit Tapedeck [Command+Q]',
  ])
})

test('the whole menu of Windows: Open first, Exit last', () => {
  expect(read(trayModel(busy, windows).entries)).toEqual([
    '* Open Tapedeck [Control+Alt+T]',
    '---',
    'Recording 2 sessions',
    'jane@example.com · Plus',
    '5 h window  ▓▓▓▓▓▓░░░░ 62 % · resets 14:00',
    'Week  ▓▓░░░░░░░░ 18 % · resets Fri',
    '---',
    '> New Codex session in',
    '  * ~/src/api',
    '  * /srv/web',
    '  ---',
    '  * Choose folder…',
    '* Resume last session: “Add a button”, ~/src/web',
    '> Running (2)',
    '  * Fix the flaky login test · ~/src/api · since 11:00',
    '  * Move to Postgres · ~/src/infra · since 11:00 · waits for you',
    '---',
    '> Account',
    '  * Sign in with ChatGPT…',
    '  * Use device code…',
    '  * Use API key…',
    '  ---',
    '  * Sign out…',
    '* Pause recording',
    '* Settings',
    '---',
    '* Exit',
  ])
})

test('Linux has the order of macOS and no keys', () => {
  const lines = read(trayModel(busy, linux).entries)
  expect(lines.filter((line) => line.includes('['))).toEqual([])
  const bare = (line: string) => line.replace(/ [[|].*|: “.*| · .*/, '')
  expect(lines.map(bare)).toEqual(read(trayModel(busy, around).entries).map(bare))
})

test('what each entry does', () => {
  const { entries } = trayModel(busy, around)
  const deeds = Object.fromEntries(
    [
      '~/src/api',
      'Choose Folder',
      'Resume Last Session',
      'Move to Postgres',
      'Open Tapedeck',
      'Sign In',
      'Use Device Code',
      'Use API Key',
      'Sign Out',
      'Pause',
      'Settings',
      'Quit',
    ].map((label) => [label, actionOf(entries, label)]),
  )
  expect(deeds).toEqual({
    '~/src/api': { do: 'openTerminal', params: { cwd: '/home/jane/src/api', start: { type: 'new' } } },
    'Choose Folder': { do: 'chooseFolder' },
    'Resume Last Session': {
      do: 'openTerminal',
      params: { cwd: '/home/jane/src/web', start: { type: 'resume', threadId: 'web-root' } },
      elsewhere: '#/session/web?elsewhere=resume',
    },
    'Move to Postgres': { do: 'show', route: '#/session/infra' },
    'Open Tapedeck': { do: 'show', route: null },
    'Sign In': { do: 'signIn', method: 'browser' },
    'Use Device Code': { do: 'signIn', method: 'deviceCode' },
    'Use API Key': { do: 'show', route: '#/account' },
    'Sign Out': { do: 'signOut' },
    Pause: { do: 'pause' },
    Settings: { do: 'show', route: '#/settings' },
    Quit: { do: 'quit' },
  })
})

test('the last session is resumed where it went on', () => {
  const moved = sessionOf('web', { goesOnIn: '/home/jane/src/moved' })
  const { entries } = trayModel(stateOf({ sessions: [moved] }), linux)
  expect(read(entries)).toContain('* Resume Last Session: “Title of web”, ~/src/moved')
  expect(actionOf(entries, 'Resume Last Session')).toMatchObject({ params: { cwd: '/home/jane/src/moved' } })
})

const unnamed: Account = { state: 'chatgpt', email: null, plan: 'plus', workspace: 'Acme', accountEnd: null }
const signedOut: Account = { state: 'broken', problem: 'signedOutByServer', message: '' }
const live = [sessionOf('api', { status: 'live' })]

test.each([
  ['nothing known yet', initialHostState, 'idle', ['Asking Codex who is signed in']],
  ['signed in', stateOf(), 'idle', ['Signed in as jane@example.com', 'ChatGPT Plus']],
  [
    'signed in to a workspace, without an email',
    stateOf({ account: accountOf(unnamed) }),
    'idle',
    ['Signed in with ChatGPT', 'ChatGPT Plus · Acme'],
  ],
  ['signed in by a key', stateOf({ account: accountOf({ state: 'apiKey' }) }), 'idle', ['Signed in with an API key']],
  ['recording one', stateOf({ sessions: live }), 'recording', ['Recording 1 session', 'jane@example.com · Plus']],
  [
    'signed out',
    stateOf({ account: accountOf({ state: 'nobody' }) }),
    'idle',
    ['Signed out', 'Sign in to start a session', '* Sign In with ChatGPT…'],
  ],
  [
    'signed out, with a key',
    stateOf({
      account: accountOf(
        { state: 'nobody' },
        { apiKey: { state: 'stored', shown: 'sk-…7f3a' }, next: { use: 'storedKey', why: '' } },
      ),
    }),
    'idle',
    ['Signed out', 'Sessions use the API key sk-…7f3a', '* Sign In with ChatGPT…'],
  ],
  [
    'a damaged archive, paused or not',
    stateOf({ trouble: 'The archive is damaged', isPaused: true, sessions: live }),
    'attention',
    ['The archive is damaged', 'Codex goes on. Open Tapedeck: it says what to do'],
  ],
  ['paused', stateOf({ isPaused: true }), 'paused', ['Paused', 'Traffic flows, nothing is kept']],
  [
    'paused while sessions run',
    stateOf({ isPaused: true, sessions: live }),
    'paused',
    ['Paused', 'Traffic flows, nothing is kept'],
  ],
  [
    'a private session alone',
    stateOf({ privateCount: 1 }),
    'idle',
    ['1 private session, not recorded', 'jane@example.com · Plus'],
  ],
  [
    'recording one beside two private ones',
    stateOf({ sessions: live, privateCount: 2 }),
    'recording',
    ['Recording 1 session · 2 private, not recorded', 'jane@example.com · Plus'],
  ],
  [
    'sign in again, which comes before all else',
    stateOf({
      account: accountOf(signedOut, { lastRefresh: { at: noon, outcome: 'revoked' } }),
      isPaused: true,
      sessions: live,
    }),
    'attention',
    ['Sign in again', 'OpenAI signed Codex out at 12:00', '* Sign In with ChatGPT…'],
  ],
  [
    'no codex',
    stateOf({ account: accountOf({ state: 'broken', problem: 'noCodex', message: '' }) }),
    'attention',
    ['Codex was not found'],
  ],
  [
    'no network, which comes back by itself',
    stateOf({ account: accountOf({ state: 'broken', problem: 'noNetwork', message: '' }) }),
    'idle',
    ['OpenAI cannot be reached'],
  ],
  [
    'no network while a session runs',
    stateOf({ account: accountOf({ state: 'broken', problem: 'noNetwork', message: '' }), sessions: live }),
    'recording',
    ['Recording 1 session', 'OpenAI cannot be reached'],
  ],
])('the head of the menu: %s', (_name, state, icon, lines) => {
  expect(head(state)).toEqual({ icon, tooltip: `Tapedeck: ${lines[0]}`, lines })
})

test('private sessions run too, and nothing is told of them but that', () => {
  const running = (state: HostState) => {
    const lines = read(trayModel(state, around).entries)
    const at = lines.findIndex((line) => line.startsWith('> Running'))
    return lines.slice(at, lines.indexOf('---', at))
  }
  expect(running(stateOf({ privateCount: 1 }))).toEqual(['> Running (1)', '  1 private session, not recorded'])
  expect(running(stateOf({ sessions: live, privateCount: 2 }))).toEqual([
    '> Running (3)',
    '  * Title of api | ~/src/api · since 11:00',
    '  2 private sessions, not recorded',
  ])
})

test('a pause has its end where its beginning was', () => {
  const { entries } = trayModel(stateOf({ isPaused: true }), around)
  expect(actionOf(entries, 'Resume Recording')).toEqual({ do: 'resume' })
  expect(actionOf(entries, 'Pause Recording')).toBeUndefined()
})

test('what cannot be done is shown and off', () => {
  const lines = read(trayModel(stateOf({ account: accountOf({ state: 'nobody' }) }), around).entries)
  expect(lines.filter((line) => line.endsWith('(off)'))).toEqual([
    '* Resume Last Session (off)',
    '> Running (off)',
    '  * Sign Out… (off)',
  ])
  expect(lines).toContain('  * Choose Folder…')
})

test('titles and folders of others are one short line that marks no keys', () => {
  const state = stateOf({
    sessions: [sessionOf('a', { title: `R&D \u202e\n${'long '.repeat(40)}`, cwd: `/x/${'deep/'.repeat(40)}end` })],
    folders: ['/home/janet/b & c'],
  })
  const lines = read(trayModel(state, linux).entries)
  expect(lines).toContain('* Resume Last Session: “R&&D long long long long long long long…”, …/end')
  expect(lines).toContain('  * /home/janet/b && c')
})

test('a limit that has been reset says so, and a percentage stays one', () => {
  const limits = limitsOf(140, noon - 1)
  const odd = { name: 'odd', usedPercent: -3, windowMinutes: null, resetsAt: null }
  const state = stateOf({ account: accountOf(jane, { limits: { ...limits, windows: [...limits.windows, odd] } }) })
  expect(head(state).lines.slice(2)).toEqual([
    '5 h window  has been reset',
    'Week  ▓▓░░░░░░░░ 18 % · resets Fri',
    'odd  ░░░░░░░░░░ 0 %',
  ])
})
