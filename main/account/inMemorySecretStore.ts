import type { SecretStore } from './secretStore.ts'

/** A keychain for tests; `failure`, while it is set, is what every call throws. */
export interface InMemorySecretStore extends SecretStore {
  secret: string | null
  failure: Error | null
}

export function createInMemorySecretStore(secret: string | null = null): InMemorySecretStore {
  const store: InMemorySecretStore = {
    secret,
    failure: null,
    async load() {
      failIfTold()
      return store.secret
    },
    async save(secret) {
      failIfTold()
      store.secret = secret
    },
    async remove() {
      failIfTold()
      store.secret = null
    },
  }
  function failIfTold() {
    if (store.failure) throw store.failure
  }
  return store
}
