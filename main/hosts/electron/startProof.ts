import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createKeychain, SecretStoreError } from '../../account/secretStore.ts'

/** For who has packed the application: it starts as always, says what came up, and ends by itself. */
export const proofArgument = '--prove-start'

/** Where it is said, in the data folder: a window's program has no terminal on every system. */
export const proofFile = 'start-proof.json'

/** What `tools/provePackedStart.ts` reads. */
export interface StartProof {
  version: string
  electron: string
  isPackaged: boolean
  isSandboxed: boolean | null
  /** Whether the one native module could be loaded, whatever it then found on this computer. */
  isKeychainLoaded: boolean
  /** The first question of the page that was answered: the bridge, the archive and the page itself are there. */
  answered: string
}

/** Writes the proof at the first answer that the page of the window gets out of the archive. */
export function createStartProof(
  dataDir: string,
  facts: Omit<StartProof, 'isKeychainLoaded' | 'answered'>,
  onProven: () => void,
): (method: unknown, isAnswered: boolean) => void {
  let isWritten = false
  return (method, isAnswered) => {
    if (isWritten || method !== 'session/list' || !isAnswered) return
    isWritten = true
    void isKeychainLoadable().then((isKeychainLoaded) => {
      const proof: StartProof = { ...facts, isKeychainLoaded, answered: method }
      writeFileSync(join(dataDir, proofFile), `${JSON.stringify(proof, null, 2)}\n`, { mode: 0o600 })
      onProven()
    })
  }
}

/** One that is locked, or not there on a computer without a desktop, was loaded all the same. */
async function isKeychainLoadable(): Promise<boolean> {
  try {
    await createKeychain({ timeoutMs: 5_000 }).load()
    return true
  } catch (error) {
    return error instanceof SecretStoreError && error.problem !== 'other' && error.problem !== 'libsecretMissing'
  }
}
