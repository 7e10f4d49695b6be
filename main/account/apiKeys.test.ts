import { expect, test, vi } from 'vitest'
import { createApiKeys } from './apiKeys.ts'
import { createInMemorySecretStore } from './inMemorySecretStore.ts'
import { type SecretStore, SecretStoreError } from './secretStore.ts'

const key = 'sk-proj-abcdefgh1234'

function setUp(store: SecretStore, environmentKey: string | null = null) {
  const states: string[] = []
  const apiKeys = createApiKeys({ store, environmentKey, onChanged: () => states.push(apiKeys.state().state) })
  return { apiKeys, states }
}

const refusing = (): SecretStore => {
  const refuse = () => Promise.reject(new SecretStoreError('noDBus', 'There is no keychain here.'))
  return { load: refuse, save: refuse, remove: refuse }
}

test('the keychain is left alone until somebody asks, and is asked once', async () => {
  const store = createInMemorySecretStore(key)
  const load = vi.spyOn(store, 'load')
  const { apiKeys } = setUp(store)
  expect(load).not.toHaveBeenCalled()
  expect(apiKeys.state()).toEqual({ state: 'none' })
  await Promise.all([apiKeys.start(), apiKeys.start({ isAgain: true }), apiKeys.start()])
  expect(load).toHaveBeenCalledOnce()
  expect(apiKeys.state()).toEqual({ state: 'stored', shown: 'sk-…1234' })
  expect(apiKeys.current()).toBe(key)
})

test('a key is kept, replaced in place and removed for good', async () => {
  const store = createInMemorySecretStore()
  const remove = vi.spyOn(store, 'remove')
  const { apiKeys, states } = setUp(store)
  await apiKeys.set(`  ${key}\n`)
  await apiKeys.set('sk-another-one-9876')
  expect(remove).not.toHaveBeenCalled()
  expect(await store.load()).toBe('sk-another-one-9876')
  expect(apiKeys.state()).toEqual({ state: 'stored', shown: 'sk-…9876' })
  await apiKeys.remove()
  expect(await store.load()).toBeNull()
  expect(apiKeys.current()).toBeNull()
  expect(states).toEqual(['stored', 'stored', 'none'])
})

test('without a keychain a key lives as long as this process, and that is said', async () => {
  const { apiKeys } = setUp(refusing())
  await apiKeys.start()
  expect(apiKeys.state()).toEqual({ state: 'unavailable', message: 'There is no keychain here.' })
  await apiKeys.set(key)
  expect(apiKeys.state()).toEqual({ state: 'inMemory', shown: 'sk-…1234', from: 'user' })
  await apiKeys.remove()
  expect(apiKeys.current()).toBeNull()
})

test('a keychain that was unlocked in the meantime is asked again when somebody looks anew', async () => {
  const store = createInMemorySecretStore(key)
  vi.spyOn(store, 'load').mockRejectedValueOnce(new SecretStoreError('locked', 'It is locked.'))
  const { apiKeys } = setUp(store)
  await apiKeys.start()
  expect(apiKeys.state()).toEqual({ state: 'unavailable', message: 'It is locked.' })
  await apiKeys.start()
  expect(apiKeys.state().state).toBe('unavailable')
  await apiKeys.start({ isAgain: true })
  expect(apiKeys.state()).toEqual({ state: 'stored', shown: 'sk-…1234' })
})

test('a key of the environment stands in, behind one that the user keeps', async () => {
  const { apiKeys } = setUp(createInMemorySecretStore(), 'sk-of-the-environment-5555')
  expect(apiKeys.state()).toEqual({ state: 'inMemory', shown: 'sk-…5555', from: 'environment' })
  await apiKeys.set(key)
  expect(apiKeys.current()).toBe(key)
  await apiKeys.remove()
  expect(apiKeys.current()).toBe('sk-of-the-environment-5555')
})

test('one that takes its time is waited for, and that is said', async () => {
  vi.useFakeTimers()
  try {
    const answer = Promise.withResolvers<string | null>()
    const { apiKeys, states } = setUp({ ...createInMemorySecretStore(), load: () => answer.promise })
    const started = apiKeys.start()
    vi.advanceTimersByTime(600)
    expect(apiKeys.state()).toEqual({ state: 'waiting' })
    answer.resolve(key)
    await started
    expect(states).toEqual(['waiting', 'stored'])
  } finally {
    vi.useRealTimers()
  }
})

test('what cannot be a key is refused with a sentence, and changes nothing', async () => {
  const { apiKeys } = setUp(createInMemorySecretStore(key))
  await apiKeys.start()
  for (const text of ['', 'short', 'two words of it', 'schlüssel-mit-umlaut']) {
    await expect(apiKeys.set(text)).rejects.toThrow('This is no API key')
  }
  expect(apiKeys.current()).toBe(key)
})
