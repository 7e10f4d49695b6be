import { basename } from 'node:path'
import { type AccountStatus, nameChatGptPlan, namePlan } from '../../../contract/domain/account.ts'
import { folderToGoOnIn, rootThreadId, type Session } from '../../../contract/domain/session.ts'
import { type HostState, liveSessions } from './hostState.ts'
import { describeLimits } from './limitLines.ts'
import { shownText } from './shownText.ts'

/** What an entry does: one call of the contract, or one thing with the window. */
export type TrayAction =
  /** `elsewhere` is where the window asks for another folder, if that one is gone. */
  | { do: 'openTerminal'; params: TerminalWish; elsewhere?: string }
  | { do: 'chooseFolder' }
  | { do: 'show'; route: string | null }
  | { do: 'signIn'; method: 'browser' | 'deviceCode' }
  | { do: 'signOut' }
  | { do: 'pause' }
  | { do: 'resume' }
  | { do: 'quit' }

export type TrayEntry =
  | { type: 'separator' }
  /** To be read, not to be clicked. */
  | { type: 'text'; label: string; sublabel?: string }
  | { type: 'action'; label: string; sublabel?: string; accelerator?: string; isEnabled?: boolean; action: TrayAction }
  | { type: 'menu'; label: string; isEnabled: boolean; entries: TrayEntry[] }

export interface TerminalWish {
  cwd: string
  start: { type: 'new' } | { type: 'resume'; threadId: string }
}

/** They differ in silhouette, and are files of `resources/tray`. */
export type TrayIcon = 'idle' | 'recording' | 'paused' | 'attention'

export interface TrayModel {
  icon: TrayIcon
  tooltip: string
  entries: TrayEntry[]
}

export interface TraySurroundings {
  platform: 'darwin' | 'win32' | 'linux'
  /** The user's folder, which is shown as `~`. */
  home: string
  now: number
  /** Set where the system granted the shortcut that opens the window from everywhere. */
  globalShortcut: string | null
  timeZone?: string
}

const separator: TrayEntry = { type: 'separator' }
const folderCount = 8

/** All that the tray shows. macOS and Linux have the same order; Windows has Open first and Exit last, and its own spelling. */
export function trayModel(state: HostState, around: TraySurroundings): TrayModel {
  const head = describeHead(state, around)
  const words = around.platform === 'win32' ? windowsWords : usualWords
  const open: TrayEntry = {
    type: 'action',
    label: words.open,
    ...(around.globalShortcut !== null && { accelerator: around.globalShortcut }),
    action: { do: 'show', route: null },
  }
  const sessions = [newSession(state, around, words), lastSession(state, around, words), running(state, around, words)]
  const settings: TrayEntry = {
    type: 'action',
    label: words.settings,
    ...key(around, 'Command+,'),
    action: { do: 'show', route: '#/settings' },
  }
  const quit: TrayEntry = { type: 'action', label: words.quit, ...key(around, 'Command+Q'), action: { do: 'quit' } }
  const rest = [accountMenu(state, words), pause(state, words), settings]
  const entries =
    around.platform === 'win32'
      ? [open, separator, ...head.entries, separator, ...sessions, separator, ...rest, separator, quit]
      : [...head.entries, separator, ...sessions, separator, open, ...rest, separator, quit]
  return { icon: head.icon, tooltip: `Tapedeck: ${head.title}`, entries: entries.map(escapeMnemonics) }
}

const usualWords = {
  newSession: 'New Codex Session in',
  chooseFolder: 'Choose Folder…',
  resumeLast: 'Resume Last Session',
  running: 'Running',
  open: 'Open Tapedeck',
  account: 'Account',
  signIn: 'Sign In with ChatGPT…',
  deviceCode: 'Use Device Code…',
  apiKey: 'Use API Key…',
  signOut: 'Sign Out…',
  pause: 'Pause Recording',
  resume: 'Resume Recording',
  settings: 'Settings…',
  quit: 'Quit Tapedeck',
}

const windowsWords: typeof usualWords = {
  newSession: 'New Codex session in',
  chooseFolder: 'Choose folder…',
  resumeLast: 'Resume last session',
  running: 'Running',
  open: 'Open Tapedeck',
  account: 'Account',
  signIn: 'Sign in with ChatGPT…',
  deviceCode: 'Use device code…',
  apiKey: 'Use API key…',
  signOut: 'Sign out…',
  pause: 'Pause recording',
  resume: 'Resume recording',
  settings: 'Settings',
  quit: 'Exit',
}

interface Head {
  icon: TrayIcon
  title: string
  entries: TrayEntry[]
}

/** The state in two lines, the limits, and the one thing to do where something has to be done. */
function describeHead(state: HostState, around: TraySurroundings): Head {
  const { account } = state
  const title = describeState(state)
  const detail = describeDetail(state, around)
  const entries: TrayEntry[] = [{ type: 'text', label: title }]
  if (detail !== null) entries.push({ type: 'text', label: detail })
  if (account?.account.state === 'chatgpt' && account.limits) {
    for (const label of describeLimits(account.limits, around)) entries.push({ type: 'text', label })
  }
  if (needsSignIn(account)) {
    const { signIn: label } = around.platform === 'win32' ? windowsWords : usualWords
    entries.push({ type: 'action', label, action: { do: 'signIn', method: 'browser' } })
  }
  return { icon: chooseIcon(state), title, entries }
}

function chooseIcon(state: HostState): TrayIcon {
  if (state.trouble !== null || needsUser(state.account)) return 'attention'
  if (state.isPaused) return 'paused'
  return liveSessions(state).length > 0 ? 'recording' : 'idle'
}

function isSignedOut(status: AccountStatus | null): boolean {
  return status?.account.state === 'broken' && status.account.problem === 'signedOutByServer'
}

function needsSignIn(status: AccountStatus | null): boolean {
  return isSignedOut(status) || status?.account.state === 'nobody'
}

/** Something that does not mend itself, as a missing network does. */
function needsUser(status: AccountStatus | null): boolean {
  if (status?.account.state !== 'broken') return false
  return ['signedOutByServer', 'noCodex', 'oldCodex', 'keyring'].includes(status.account.problem)
}

function describeState(state: HostState): string {
  const { account } = state
  const count = liveSessions(state).length
  if (isSignedOut(account)) return 'Sign in again'
  if (state.trouble !== null) return state.trouble
  if (state.isPaused) return 'Paused'
  const unrecorded = describePrivate(state)
  if (count === 0) return unrecorded ?? describeAccount(account)
  const recording = `Recording ${count} ${count === 1 ? 'session' : 'sessions'}`
  return unrecorded === null ? recording : `${recording} · ${state.privateCount} private, not recorded`
}

function describePrivate({ privateCount: count }: HostState): string | null {
  return count === 0 ? null : `${count} private ${count === 1 ? 'session' : 'sessions'}, not recorded`
}

function describeAccount(status: AccountStatus | null): string {
  if (status === null) return 'Asking Codex who is signed in'
  const { account } = status
  switch (account.state) {
    case 'asking':
      return 'Asking Codex who is signed in'
    case 'nobody':
      return 'Signed out'
    case 'apiKey':
      return 'Signed in with an API key'
    case 'chatgpt':
      return account.email === null ? 'Signed in with ChatGPT' : `Signed in as ${shownText(account.email, 60)}`
    case 'broken':
      switch (account.problem) {
        case 'signedOutByServer':
          return 'Sign in again'
        case 'noCodex':
          return 'Codex was not found'
        case 'oldCodex':
          return 'Codex is too old'
        case 'noNetwork':
          return 'OpenAI cannot be reached'
        case 'keyring':
          return 'The keyring did not answer'
        case 'other':
          return 'Codex does not say who is signed in'
      }
  }
}

function describeDetail(state: HostState, around: TraySurroundings): string | null {
  const status = state.account
  if (status && isSignedOut(status)) {
    const at = status.lastRefresh?.at
    return at === undefined ? 'OpenAI signed Codex out' : `OpenAI signed Codex out at ${formatTime(at, around)}`
  }
  if (state.trouble !== null) return 'Codex goes on. Open Tapedeck: it says what to do'
  if (state.isPaused) return 'Traffic flows, nothing is kept'
  if (!status) return null
  const { account, apiKey, next } = status
  const isBusy = liveSessions(state).length + state.privateCount > 0
  switch (account.state) {
    case 'chatgpt': {
      const plan = account.plan === null ? null : namePlan(account.plan)
      const words = isBusy ? [account.email, plan] : [account.plan && nameChatGptPlan(account.plan), account.workspace]
      const shown = words.filter((word) => word !== null && word !== '').map((word) => shownText(word as string, 60))
      return shown.length === 0 ? null : shown.join(' · ')
    }
    case 'nobody':
      if (next.use === 'storedKey' && 'shown' in apiKey)
        return `Sessions use the API key ${shownText(apiKey.shown, 20)}`
      return isBusy ? 'Signed out' : 'Sign in to start a session'
    case 'apiKey':
      return isBusy ? 'API key' : null
    case 'broken':
      return isBusy ? describeAccount(status) : null
    case 'asking':
      return null
  }
}

function newSession({ folders }: HostState, around: TraySurroundings, words: typeof usualWords): TrayEntry {
  const rows = folders.slice(0, folderCount).map(
    (cwd, at): TrayEntry => ({
      type: 'action',
      label: shortenPath(cwd, around),
      ...(at === 0 && key(around, 'Command+N')),
      action: { do: 'openTerminal', params: { cwd, start: { type: 'new' } } },
    }),
  )
  const choose: TrayEntry = { type: 'action', label: words.chooseFolder, action: { do: 'chooseFolder' } }
  const entries = rows.length === 0 ? [choose] : [...rows, separator, choose]
  return { type: 'menu', label: words.newSession, isEnabled: true, entries }
}

function lastSession(state: HostState, around: TraySurroundings, words: typeof usualWords): TrayEntry {
  // One that runs has its terminal already.
  const last = state.sessions.find((session) => session.status !== 'live' && folderToGoOnIn(session) !== null)
  const cwd = last ? folderToGoOnIn(last) : null
  if (!last || cwd === null) {
    return { type: 'action', label: words.resumeLast, isEnabled: false, action: { do: 'show', route: null } }
  }
  const title = shownText(last.title, 40)
  const folder = shortenPath(cwd, around)
  const isMac = around.platform === 'darwin'
  return {
    type: 'action',
    label: isMac ? words.resumeLast : `${words.resumeLast}: “${title}”, ${folder}`,
    ...(isMac && { sublabel: `“${title}”, ${folder}` }),
    action: {
      do: 'openTerminal',
      params: { cwd, start: { type: 'resume', threadId: rootThreadId(last) } },
      elsewhere: `#/session/${encodeURIComponent(last.id)}?elsewhere=resume`,
    },
  }
}

function running(state: HostState, around: TraySurroundings, words: typeof usualWords): TrayEntry {
  const live = liveSessions(state)
  const entries = live.map((session): TrayEntry => {
    const title = shownText(session.title, 50)
    const facts = describeRunning(session, state, around)
    const isMac = around.platform === 'darwin'
    return {
      type: 'action',
      label: isMac ? title : `${title} · ${facts}`,
      ...(isMac && { sublabel: facts }),
      action: { do: 'show', route: `#/session/${encodeURIComponent(session.id)}` },
    }
  })
  const unrecorded = describePrivate(state)
  if (unrecorded !== null) entries.push({ type: 'text', label: unrecorded })
  const count = live.length + state.privateCount
  const label = count === 0 ? words.running : `${words.running} (${count})`
  return { type: 'menu', label, isEnabled: count > 0, entries }
}

/** With the moment of its start: an elapsed time would need a clock that runs while nobody looks. */
function describeRunning({ id, cwd, startedAt }: Session, { turns }: HostState, around: TraySurroundings): string {
  const waits = Object.values(turns).some((turn) => turn.sessionId === id && turn.waitsForUser)
  const facts = [
    cwd === null ? null : shortenPath(cwd, around),
    `since ${formatTime(startedAt, around)}`,
    waits ? 'waits for you' : null,
  ]
  return facts.filter((fact) => fact !== null).join(' · ')
}

function accountMenu({ account }: HostState, words: typeof usualWords): TrayEntry {
  const isSignedIn = account?.account.state === 'chatgpt' || account?.account.state === 'apiKey'
  return {
    type: 'menu',
    label: words.account,
    isEnabled: true,
    entries: [
      { type: 'action', label: words.signIn, action: { do: 'signIn', method: 'browser' } },
      { type: 'action', label: words.deviceCode, action: { do: 'signIn', method: 'deviceCode' } },
      { type: 'action', label: words.apiKey, action: { do: 'show', route: '#/account' } },
      separator,
      { type: 'action', label: words.signOut, isEnabled: isSignedIn, action: { do: 'signOut' } },
    ],
  }
}

function pause({ isPaused }: HostState, words: typeof usualWords): TrayEntry {
  return isPaused
    ? { type: 'action', label: words.resume, action: { do: 'resume' } }
    : { type: 'action', label: words.pause, action: { do: 'pause' } }
}

/** Only macOS shows keys that work nowhere else but in an open menu. */
function key({ platform }: TraySurroundings, accelerator: string): { accelerator?: string } {
  return platform === 'darwin' ? { accelerator } : {}
}

/** `~/src/api`; of a long one its end, which tells more. */
function shortenPath(path: string, { home }: TraySurroundings): string {
  const isInside = path === home || (path.startsWith(home) && /[/\\]/.test(path.charAt(home.length)))
  const short = isInside && home !== '' ? `~${path.slice(home.length)}` : path
  return shownText(short.length > 60 ? `…/${basename(short)}` : short, 60)
}

function formatTime(at: number, { now, timeZone }: TraySurroundings): string {
  const day = (time: number) => new Intl.DateTimeFormat('en-GB', { dateStyle: 'short', timeZone }).format(time)
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(at)
  if (day(at) === day(now)) return time
  const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone }).format(at)
  return `${time} on ${date}`
}

/** In a menu of the system `&` marks the key of an entry, and text of others is to mark none. */
function escapeMnemonics(entry: TrayEntry): TrayEntry {
  if (entry.type === 'separator') return entry
  const label = entry.label.replaceAll('&', '&&')
  return entry.type === 'menu' ? { ...entry, label, entries: entry.entries.map(escapeMnemonics) } : { ...entry, label }
}
