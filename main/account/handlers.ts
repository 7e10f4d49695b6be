import { ReplyError } from '../../contract/reply.ts'
import type { HandlersOf } from '../handlers.ts'
import type { AccountView } from './account.ts'
import type { ApiKeys } from './apiKeys.ts'
import { verifyKey } from './verifyKey.ts'

export interface AccountDependencies {
  account: AccountView
  apiKeys: ApiKeys
  openaiOrigin: string
}

type AccountMethod =
  | 'account/read'
  | 'account/signIn'
  | 'account/cancelSignIn'
  | 'account/signInWithKey'
  | 'account/signOut'
  | 'apiKey/set'
  | 'apiKey/remove'
  | 'apiKey/verify'

/** Who codex is signed in as, and the key that Tapedeck keeps. The history of the limits is the archive's (`main/recorder`). */
export function createAccountHandlers({
  account,
  apiKeys,
  openaiOrigin,
}: AccountDependencies): HandlersOf<AccountMethod> {
  return {
    'account/read': async (params) => {
      void apiKeys.start({ isAgain: params.isFresh })
      return { status: await account.read(params) }
    },
    'account/signIn': async ({ method }) => ({ signIn: await account.signIn(method) }),
    'account/cancelSignIn': async () => {
      await account.cancelSignIn()
      return {}
    },
    'account/signInWithKey': async ({ key }) => {
      await account.signInWithKey(key.trim())
      return {}
    },
    'account/signOut': async () => {
      await account.signOut()
      return {}
    },
    'apiKey/set': async ({ key }) => {
      await apiKeys.set(key)
      return {}
    },
    'apiKey/remove': async () => {
      await apiKeys.remove()
      return {}
    },
    'apiKey/verify': async () => {
      await apiKeys.start()
      const key = apiKeys.current()
      if (key === null)
        throw new ReplyError(
          'notFound',
          'There is no API key to verify. Add one first, on the page of the account or with `tapedeck auth key set`.',
        )
      return verifyKey(key, { openaiOrigin, fetch })
    },
  }
}
