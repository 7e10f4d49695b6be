import type { AccountProblem, Refresh, RefreshOutcome, SignInFailure } from '../../contract/domain/account.ts'

/** What the one button beside a problem does. */
export type Repair = 'signIn' | 'useDeviceCode' | 'askAgain'

export interface Explanation {
  title: string
  /** One sentence that a person can act on. */
  text: string
  repair: Repair
  repairLabel: string
  /** What to type into a terminal first, where the button alone cannot repair it. */
  command: string | null
}

/** Why codex's sign-in does not work or is not known. Codex's own message is shown beside it, so nothing is hidden by this. */
export function explainAccountProblem(problem: AccountProblem, lastRefresh: Refresh | null): Explanation {
  switch (problem) {
    case 'noCodex':
      return {
        title: 'Codex was not found',
        text: 'Without it nobody can be signed in and no session starts.',
        repair: 'askAgain',
        repairLabel: 'Look again',
        // Main says which, where it looked, and of a codex that its user named that there is none.
        command: null,
      }
    case 'oldCodex':
      return {
        title: 'This Codex is too old to say who is signed in',
        text: 'Update it with this command, then let Tapedeck ask again.',
        repair: 'askAgain',
        repairLabel: 'Ask again',
        command: 'npm install -g @openai/codex@latest',
      }
    case 'signedOutByServer':
      return {
        title: 'Sign in again',
        text: explainSignOut(lastRefresh?.outcome ?? null),
        repair: 'signIn',
        repairLabel: 'Sign in with ChatGPT',
        command: null,
      }
    case 'noNetwork':
      return {
        title: 'OpenAI cannot be reached',
        text: 'Check the network, a VPN or a proxy, then try again; the sign-in itself is untouched.',
        repair: 'askAgain',
        repairLabel: 'Try again',
        command: null,
      }
    case 'keyring':
      return {
        title: 'The keychain did not give Codex its sign-in',
        text: 'Unlock the keychain of this computer and allow Codex to use it, then try again.',
        repair: 'askAgain',
        repairLabel: 'Try again',
        command: null,
      }
    case 'other':
      return {
        title: 'Codex could not say who is signed in',
        text: 'Ask it again; if it stays like this, run “codex login status” in a terminal to see what it says there.',
        repair: 'askAgain',
        repairLabel: 'Ask again',
        command: null,
      }
  }
}

function explainSignOut(outcome: RefreshOutcome | null): string {
  switch (outcome) {
    case 'reused':
      return 'Another program renewed this sign-in first, so OpenAI signed Codex out; signing in again repairs it.'
    case 'expired':
      return 'The sign-in was not renewed for too long and has expired; signing in again repairs it.'
    case 'revoked':
      return 'The sign-in was taken back, by a sign-out elsewhere or a new password; signing in again repairs it.'
    default:
      return 'OpenAI does not accept this sign-in any more; signing in again repairs it.'
  }
}

/** Why a sign-in did not come about, and its one cure: the same way again, unless it is that way that cannot work here. */
export function explainSignInFailure({ reason, method }: Pick<SignInFailure, 'reason' | 'method'>): Explanation {
  const isByCode = method === 'deviceCode'
  const again = isByCode ? 'Get a new code' : 'Sign in again'
  const retry = isByCode ? 'Get a new code' : 'Try again'
  const failure = (title: string, text: string, repairLabel: string): Explanation => {
    return { title, text, repair: isByCode ? 'useDeviceCode' : 'signIn', repairLabel, command: null }
  }
  switch (reason) {
    case 'cancelled':
      return failure('The sign-in was cancelled', 'Nothing was changed; begin again whenever you like.', again)
    case 'portBusy':
      return {
        title: 'The browser could not report back',
        text: 'Another program holds the port 1455, often a sign-in that still waits in a terminal; a device code needs no port.',
        repair: 'useDeviceCode',
        repairLabel: 'Use a device code',
        command: null,
      }
    case 'denied':
      return failure(
        'OpenAI did not allow the sign-in',
        'Sign in with an account whose plan includes Codex, or ask whoever manages the workspace to allow it.',
        again,
      )
    case 'expired':
      return isByCode
        ? failure('The code has expired', 'It was not entered while it was valid; get a new one and enter that.', again)
        : failure(
            'The sign-in took too long',
            'It was not finished in the browser while it was valid; begin again.',
            again,
          )
    case 'noNetwork':
      return failure(
        'OpenAI cannot be reached',
        'Check the network, a VPN or a proxy, then try the sign-in again.',
        retry,
      )
    case 'other':
      return failure(
        'The sign-in did not work',
        'Try it again; if it fails once more, the message tells what stood in the way.',
        retry,
      )
  }
}

/** Why the last renewal that went through Tapedeck failed; null when it did not. */
export function explainRefresh(outcome: RefreshOutcome): string | null {
  switch (outcome) {
    case 'ok':
      return null
    case 'expired':
      return 'it had expired. Sign in again.'
    case 'reused':
      return 'another program had renewed it first. Sign in again.'
    case 'revoked':
      return 'it had been taken back. Sign in again.'
    case 'noNetwork':
      return 'OpenAI could not be reached. Codex tries again by itself.'
    case 'refused':
      return 'OpenAI refused it. Codex tries again by itself; if it goes on, sign in again.'
  }
}
