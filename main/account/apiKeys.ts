import type { ApiKey } from '../../contract/domain/account.ts'
import { ReplyError } from '../../contract/reply.ts'
import type { SecretStore } from './secretStore.ts'

export interface ApiKeysOptions {
  store: SecretStore
  /** The key that the environment gave; one that the user keeps comes first. */
  environmentKey: string | null
  onChanged(): void
}

export type ApiKeys = ReturnType<typeof createApiKeys>

const patienceMs = 500
const shownCharacters = 4

/** The key for a codex that is not signed in: in the keychain, or in memory where there is none; never in a file. */
export function createApiKeys({ store, environmentKey, onChanged }: ApiKeysOptions) {
  let key: { value: string; isStored: boolean } | null = null
  let problem: string | null = null
  let isWaiting = false
  let starting: Promise<void> | null = null

  /** Says so when the keychain takes its time, as one does that asks its user. */
  async function patiently<T>(asking: Promise<T>): Promise<T> {
    const timer = setTimeout(() => {
      isWaiting = true
      onChanged()
    }, patienceMs)
    try {
      return await asking
    } finally {
      clearTimeout(timer)
      isWaiting = false
    }
  }

  async function load(): Promise<void> {
    try {
      const value = await patiently(store.load())
      if (value !== null) key = { value, isStored: true }
      problem = null
    } catch (error) {
      problem = messageOf(error)
    }
    onChanged()
  }

  return {
    /** Asks the keychain, once; before that it is left alone. One that did not answer may have been unlocked since. */
    start({ isAgain = false } = {}): Promise<void> {
      if (isAgain && problem !== null && key === null && !isWaiting) starting = null
      starting ??= load()
      return starting
    },

    current: (): string | null => key?.value ?? environmentKey,

    state(): ApiKey {
      if (isWaiting) return { state: 'waiting' }
      if (key?.isStored) return { state: 'stored', shown: show(key.value) }
      if (key) return { state: 'inMemory', shown: show(key.value), from: 'user' }
      if (environmentKey !== null) return { state: 'inMemory', shown: show(environmentKey), from: 'environment' }
      return problem === null ? { state: 'none' } : { state: 'unavailable', message: problem }
    },

    /** Throws a sentence for people when this cannot be a key. */
    async set(text: string): Promise<void> {
      const value = readKey(text)
      try {
        await patiently(store.save(value))
        key = { value, isStored: true }
        problem = null
      } catch (error) {
        key = { value, isStored: false }
        problem = messageOf(error)
      }
      onChanged()
    },

    async remove(): Promise<void> {
      const wasStored = key?.isStored ?? false
      try {
        await patiently(store.remove())
      } catch (error) {
        if (wasStored) throw new ReplyError('unavailable', messageOf(error))
      }
      key = null
      onChanged()
    },
  }
}

function readKey(text: string): string {
  const key = text.trim()
  if (!/^[\x21-\x7e]{8,}$/.test(key)) {
    throw new ReplyError('badRequest', 'This is no API key: one is a single word without spaces, such as sk-proj-….')
  }
  return key
}

function show(key: string): string {
  return key.length >= 12 ? `sk-…${key.slice(-shownCharacters)}` : 'sk-…'
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
