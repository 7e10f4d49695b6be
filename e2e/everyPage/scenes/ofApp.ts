import type { Page } from '@playwright/test'
import type { AccountStatus } from '../../../contract/domain/account.ts'
import type { Finding } from '../../../contract/domain/finding.ts'
import type { Host } from '../../../contract/domain/host.ts'
import type { Session } from '../../../contract/domain/session.ts'
import type { Turn } from '../../../contract/domain/turn.ts'
import { sample } from '../sampleConversations.ts'
import { fallSilent, type OtherAnswers } from '../stillLife.ts'
import { button, close, dialog, nothing, type Scene, sees } from './scene.ts'

const section = (name: string) => (page: Page) => page.getByRole('region', { name, exact: true })

const withAccount = (change: Partial<AccountStatus>): OtherAnswers => ({
  'account/read': ({ status }) => ({ status: { ...status, ...change } }),
})
const nobody: Partial<AccountStatus> = {
  account: { state: 'nobody' },
  renewsAt: null,
  renewedAt: null,
  keptIn: null,
  lastRefresh: null,
  limits: null,
  apiKey: { state: 'none' },
  next: { use: 'nothing', why: 'Codex is not signed in, and there is no key.' },
}

/** The session about the table runs, and the one about the test waits for its user. */
const liveSession = (session: Session): Session =>
  session.id === sample.long.sessionId ? { ...session, status: 'live' } : session
const liveTurn = (turn: Turn): Turn =>
  turn.sessionId === sample.long.sessionId
    ? {
        ...turn,
        status: 'live',
        endedAt: null,
        items: turn.items.slice(0, 2).map((each) => (each.type === 'toolCall' ? { ...each, status: 'running' } : each)),
      }
    : turn
const running: OtherAnswers = {
  'session/list': (page) => ({ ...page, sessions: page.sessions.map(liveSession) }),
  'session/read': (read) => ({ ...read, session: liveSession(read.session), turns: read.turns.map(liveTurn) }),
  'launch/list': (launches) => ({ ...launches, ids: ['launch-sample'], privateCount: 1 }),
}
const paused: OtherAnswers = { 'app/status': (status) => ({ ...status, isPaused: true }) }

const desktop: Host = {
  kind: 'desktop',
  globalShortcut: 'Control+Alt+T',
  defaultShortcut: 'Control+Alt+T',
  startsAtLogin: false,
  isSandboxed: true,
}
const findings: Finding[] = [
  { check: 'Codex', verdict: 'ok', message: 'codex 0.171.0, with which Tapedeck was tested.' },
  { check: 'Sign-in', verdict: 'warn', message: 'The sign-in has to be renewed today; codex does it by itself.' },
  {
    check: 'OpenAI',
    verdict: 'fail',
    message: 'chatgpt.com cannot be reached. Look whether this computer is online.',
  },
]

/** The pages that are about no one session. */
export const ofApp: Scene[] = [
  {
    name: 'what runs',
    route: '/live',
    others: running,
    complete: sees('1 running, 1 waiting for you, 1 private, not recorded'),
    states: [{ name: 'Live with something running', open: sees(/Waits for your next prompt/) }],
  },
  {
    name: 'a pause',
    route: '/live',
    others: { ...paused, 'launch/list': (launches) => ({ ...launches, privateCount: 2 }) },
    complete: sees('Recording is paused.'),
    states: [{ name: 'Live private and paused', open: sees(/private sessions/) }],
  },
  {
    name: 'nobody signed in',
    route: '/account',
    others: withAccount(nobody),
    complete: sees('Nobody is signed in'),
    states: [{ name: 'Account signed out', open: nothing }],
  },
  {
    name: 'a key',
    route: '/account',
    others: withAccount({
      ...nobody,
      apiKey: { state: 'stored', shown: 'sk-…abcd' },
      next: { use: 'storedKey', why: 'Codex is not signed in, so the key of the keychain is used.' },
    }),
    complete: sees('sk-…abcd'),
    states: [{ name: 'Account with a key', open: nothing }],
  },
  {
    name: 'a device code',
    route: '/account',
    others: withAccount({
      ...nobody,
      signIn: {
        id: 'sign-in',
        method: 'deviceCode',
        url: 'https://auth.openai.com/codex/device',
        userCode: 'ABCD-12345',
      },
    }),
    complete: sees('ABCD-12345'),
    states: [{ name: 'Account device code', open: nothing }],
  },
  {
    name: 'the account',
    route: '/account',
    complete: sees('27 %'),
    states: [
      {
        name: 'Sign out dialog',
        open: (page) => button(page, 'Sign out…').click(),
        leave: close,
        part: dialog,
      },
    ],
  },
  {
    name: 'usage',
    // The sample grows older than any other range.
    route: '/usage?range=all',
    complete: sees('Most expensive sessions'),
    states: [
      {
        name: 'Usage as numbers',
        async open(page) {
          await page.keyboard.press('t')
          await page.getByRole('table', { name: 'Usage over time' }).waitFor()
        },
      },
    ],
  },
  {
    name: 'the settings',
    route: '/settings',
    others: {
      'app/status': (status) => ({ ...status, host: desktop }),
      'update/read': (read) => ({ ...read, update: { state: 'available', version: '9.0.0' } }),
      'app/doctor': () => ({ findings }),
    },
    complete: sees('Size of the archive'),
    states: [
      { name: 'Desktop appearance', open: nothing, part: section('Appearance') },
      { name: 'Desktop system', open: nothing, part: section('This computer'), isSamePage: true },
      {
        name: 'Update row',
        async open(page) {
          await button(page, 'Update to 9.0.0').click()
          await dialog(page).waitFor()
        },
        leave: close,
        part: dialog,
      },
      {
        name: 'Doctor open',
        async open(page) {
          await button(page, 'Check now').click()
          await page.getByRole('list', { name: 'Findings' }).waitFor()
        },
        part: section('Diagnostics'),
      },
      {
        name: 'Licences open',
        async open(page) {
          await button(page, 'Show licences').click()
          await page.getByRole('region', { name: 'Packages' }).waitFor()
        },
        part: section('Licences'),
      },
    ],
  },
  {
    name: 'nobody answers',
    route: '/live',
    others: {},
    complete: sees('Nothing runs now'),
    states: [
      {
        name: 'Away banner',
        async open(page) {
          await fallSilent(page)
          await page.getByText('Tapedeck does not answer.').waitFor()
        },
      },
    ],
  },
]
