import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** The codex that the lockfile pins. */
export const codexPath = join(import.meta.dirname, '..', '..', 'node_modules', '.bin', 'codex')

export const catalogEtag = '"fake-models"'

let models: Buffer | undefined

/** The answer of `/models`, which codex itself brings along: so it always fits the codex that is tested. */
export function readModels(): Buffer {
  models ??= execFileSync(codexPath, ['debug', 'models', '--bundled'], { maxBuffer: 64 * 1024 * 1024 })
  return models
}
