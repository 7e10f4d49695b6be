/** A place of the operating system for one secret. Every call rejects with `SecretStoreError` when there is none to ask. */
export interface SecretStore {
  load(): Promise<string | null>
  /** Replaces what was there in place: another item would ask the user for permission again. */
  save(secret: string): Promise<void>
  remove(): Promise<void>
}

export type SecretStoreProblem = 'noDBus' | 'noProvider' | 'locked' | 'libsecretMissing' | 'timeout' | 'other'

export class SecretStoreError extends Error {
  readonly problem: SecretStoreProblem
  constructor(problem: SecretStoreProblem, message: string) {
    super(message)
    this.problem = problem
  }
}

const service = 'Tapedeck'
const account = 'openai-api-key'
/** As long as a user may take to answer what the keychain asks. */
const answerTimeoutMs = 20_000

/** The keychain of this computer. Nothing is loaded before the first call. */
export function createKeychain(): SecretStore {
  return {
    load: () => ask((keytar) => keytar.getPassword(service, account)),
    save: (secret) => ask((keytar) => keytar.setPassword(service, account, secret)),
    remove: () => ask(async (keytar) => void (await keytar.deletePassword(service, account))),
  }
}

type Keytar = typeof import('keytar')

async function ask<T>(use: (keytar: Keytar) => Promise<T>): Promise<T> {
  try {
    const keytar = await loadKeytar()
    return await inTime(use(keytar))
  } catch (error) {
    throw error instanceof SecretStoreError ? error : explain(error instanceof Error ? error.message : String(error))
  }
}

async function loadKeytar(): Promise<Keytar> {
  const module = await import('keytar')
  return module.default ?? module
}

function inTime<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new SecretStoreError('timeout', 'The keychain did not answer. Unlock it, then try again.')),
      answerTimeoutMs,
    )
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

function explain(message: string): SecretStoreError {
  if (/libsecret/.test(message)) {
    return new SecretStoreError('libsecretMissing', 'The keychain needs libsecret. Install the package libsecret-1-0.')
  }
  if (/autolaunch D-Bus|DBUS_SESSION_BUS_ADDRESS|dbus-launch|Could not connect/i.test(message)) {
    return new SecretStoreError(
      'noDBus',
      'There is no desktop session here that a keychain could belong to (no D-Bus).',
    )
  }
  if (/org\.freedesktop\.secrets|ServiceUnknown|not provided by any/i.test(message)) {
    return new SecretStoreError('noProvider', 'No keychain is running. Install and start gnome-keyring or KWallet.')
  }
  if (/locked|prompt (was )?dismissed/i.test(message)) {
    return new SecretStoreError('locked', 'The keychain is locked. Unlock it, then try again.')
  }
  return new SecretStoreError('other', `The keychain cannot be used: ${message}`)
}
