import type { Result } from '../../contract/api.ts'
import type { AccountStatus } from '../../contract/domain/account.ts'
import { shortenPath } from '../ui/formatting.ts'

export type StepState = 'done' | 'now' | 'next'

export interface FirstRunSteps {
  codex: { state: StepState; title: string; text: string }
  signIn: { state: StepState; title: string; text: string }
  start: { state: StepState }
}

/** The three steps to the first session. One at a time is the one to do; those after it wait, those done stay to be seen. */
export function findSteps(codex: Result<'app/status'>['codex'], status: AccountStatus | null): FirstRunSteps {
  const hasCodex = codex.path !== null
  const signIn = status ? describeSignIn(status) : isAsked
  return {
    codex: {
      state: hasCodex ? 'done' : 'now',
      title: hasCodex ? 'Codex found' : 'Install Codex',
      text: describeCodex(codex),
    },
    signIn: {
      state: signIn.isDone ? 'done' : hasCodex ? 'now' : 'next',
      title: signIn.title,
      text: signIn.text,
    },
    start: { state: hasCodex && signIn.isDone ? 'now' : 'next' },
  }
}

function describeCodex({ path, version, message }: Result<'app/status'>['codex']): string {
  if (path === null) return message ?? 'Install it with\n  npm install -g @openai/codex'
  return [shortenPath(path), version, message].filter(Boolean).join(' · ')
}

interface SignInStep {
  isDone: boolean
  title: string
  text: string
}

const isAsked: SignInStep = { isDone: false, title: 'Sign in', text: 'Codex is being asked who is signed in.' }

function describeSignIn({ account, apiKey, next }: AccountStatus): SignInStep {
  switch (account.state) {
    case 'asking':
      return isAsked
    case 'chatgpt':
      return { isDone: true, title: 'Signed in', text: account.email ?? 'With ChatGPT' }
    case 'apiKey':
      return { isDone: true, title: 'Signed in', text: 'With an API key of Codex itself' }
    case 'broken':
      return { isDone: false, title: 'Sign in', text: account.message }
    case 'nobody':
      return next.use === 'storedKey' && 'shown' in apiKey
        ? { isDone: true, title: 'API key set', text: `${apiKey.shown}, kept by Tapedeck` }
        : {
            isDone: false,
            title: 'Sign in',
            text: 'Codex signs you in, in your browser. Tapedeck never sees the password.',
          }
  }
}
