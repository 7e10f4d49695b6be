import { nameSigner, type Session } from '../../contract/domain/session.ts'

export interface CredentialFact {
  name: string
  /** Why it was that one; null where the recording does not tell. */
  why: string | null
}

/** What a session's last request was signed with, and why. Null when nobody signed. */
export function describeCredential({
  accountMode,
  credential,
  plan,
}: Pick<Session, 'accountMode' | 'credential' | 'plan'>): CredentialFact | null {
  const name = nameSigner({ accountMode, plan })
  if (name === null) return null
  const untold = accountMode === 'chatgpt' && !plan ? ['No answer told of the plan.'] : []
  switch (credential) {
    case 'codexLogin':
      return { name, why: ['Codex signed with its own login, which comes first.', ...untold].join(' ') }
    case 'keyWithoutLogin':
      return { name, why: 'Codex was not signed in, so the key that Tapedeck keeps stepped in.' }
    case 'keyAlways':
      return { name, why: 'You chose to use the key that Tapedeck keeps for every session.' }
    case 'keyAtLimit':
      return { name: 'API key at the plan’s limit', why: 'The plan reached its limit, and the key went on from there.' }
    case null:
      return { name, why: untold[0] ?? null }
  }
}
