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

let givenUpCalls = 0

/**
 * Whether a call was given up that has not answered yet. It holds a thread of the process, and neither the end of all work nor
 * `process.exit` ends a process with such a thread; a signal does.
 */
export function isKeychainHanging(): boolean {
  return givenUpCalls > 0
}

/** The keychain of this computer. Nothing is loaded before the first call. */
export function createKeychain({ timeoutMs = answerTimeoutMs } = {}): SecretStore {
  async function ask<T>(use: (keytar: Keytar) => Promise<T>): Promise<T> {
    try {
      return await inTime(use(await loadKeytar()))
    } catch (error) {
      throw error instanceof SecretStoreError ? error : explain(error instanceof Error ? error.message : String(error))
    }
  }

  function inTime<T>(answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      let isLate = false
      const timer = setTimeout(() => {
        isLate = true
        givenUpCalls += 1
        reject(new SecretStoreError('timeout', 'The keychain did not answer. Unlock it, then try again.'))
      }, timeoutMs)
      answer.then(resolve, reject).finally(() => {
        clearTimeout(timer)
        if (isLate) givenUpCalls -= 1
      })
    })
  }

  return {
    load: () => ask((keytar) => keytar.getPassword(service, account)),
    save: (secret) => ask((keytar) => keytar.setPassword(service, account, secret)),
    remove: () => ask(async (keytar) => void (await keytar.deletePassword(service, account))),
  }
}

type Keytar = typeof import('keytar')

async function loadKeytar(): Promise<Keytar> {
  const module = await import('keytar')
  return module.default ?? module
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
  // Without a user who could be asked to unlock it, or to make it, the one that new secrets go to is not to be had.
  if (/locked|prompt (was )?dismissed|secrets\/(collection|aliases)\//i.test(message)) {
    return new SecretStoreError('locked', 'The keychain is locked. Unlock it, then try again.')
  }
  if (/org\.freedesktop\.secrets|ServiceUnknown|not provided by any/i.test(message)) {
    return new SecretStoreError('noProvider', 'No keychain is running. Install and start gnome-keyring or KWallet.')
  }
  return new SecretStoreError('other', `The keychain cannot be used: ${message}`)
}
