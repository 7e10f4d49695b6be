import { execFileSync } from 'node:child_process'
import { realCodexPath } from '../../main/codex/realCodex.ts'

export const catalogEtag = '"fake-models"'

let models: Buffer | undefined

/** The answer of `/models`, which codex itself brings along: so it always fits the codex that is tested. */
export function readModels(): Buffer {
  models ??= execFileSync(realCodexPath, ['debug', 'models', '--bundled'], { maxBuffer: 64 * 1024 * 1024 })
  return models
}

/** The model that codex takes unless told otherwise: each version has its own. */
export function readFirstModel(): string {
  const { models } = JSON.parse(String(readModels())) as { models: { slug: string; priority: number }[] }
  const [first] = models.toSorted((a, b) => a.priority - b.priority)
  if (!first) throw new Error('codex brings no models along')
  return first.slug
}
