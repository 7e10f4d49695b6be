import type { AccountStatus, ApiKey } from '../../contract/domain/account.ts'
import { explainAccountProblem } from './explainAccount.ts'

/** `failed` may be used all the same: codex tries its own login first, whatever its state. */
export type LinkState = 'ready' | 'missing' | 'failed' | 'unknown'

export interface ChainLink {
  title: string
  text: string
  state: LinkState
  isUsed: boolean
}

/** What a session may sign its requests with, first choice first. */
export function describeChain(status: AccountStatus): ChainLink[] {
  const { use } = status.next
  return [
    { ...describeLogin(status), isUsed: use === 'chatgpt' || use === 'apiKey' },
    {
      title: 'API key kept by Tapedeck',
      ...describeKey(status.apiKey, use === 'storedKey', use !== 'chatgpt' && use !== 'apiKey'),
      isUsed: use === 'storedKey',
    },
    {
      title: 'Nobody',
      text: use === 'nothing' ? 'Codex does not start before one of the above is there' : 'Codex would not start',
      state: use === 'nothing' ? 'failed' : 'missing',
      isUsed: use === 'nothing',
    },
  ]
}

function describeLogin({ account, lastRefresh }: AccountStatus): Omit<ChainLink, 'isUsed'> {
  const title = 'ChatGPT login of Codex'
  switch (account.state) {
    case 'asking':
      return { title, text: 'Codex is being asked', state: 'unknown' }
    case 'chatgpt':
      return { title, text: account.email ?? 'Signed in', state: 'ready' }
    case 'apiKey':
      return { title: 'API key of Codex itself', text: 'Billed to your API account', state: 'ready' }
    case 'nobody':
      return { title, text: 'Nobody is signed in', state: 'missing' }
    case 'broken': {
      const isOver = account.problem === 'signedOutByServer'
      return {
        title,
        text: isOver ? 'Not accepted by OpenAI any more' : explainAccountProblem(account.problem, lastRefresh).title,
        state: 'failed',
      }
    }
  }
}

function describeKey(key: ApiKey, isUsed: boolean, isWanted: boolean): Pick<ChainLink, 'text' | 'state'> {
  switch (key.state) {
    case 'none':
      return { text: 'None is set', state: 'missing' }
    case 'waiting':
      return { text: 'Waiting for your keychain', state: 'unknown' }
    case 'stored':
    case 'inMemory':
      return { text: `${key.shown}, ${isUsed ? 'billed to your API account' : 'stands by'}`, state: 'ready' }
    case 'unavailable':
      // An alarm only where somebody waits for it.
      return isWanted
        ? { text: 'The keychain cannot be used', state: 'failed' }
        : { text: 'The keychain cannot be used; not needed now', state: 'unknown' }
  }
}
