import { type FoundCodex, findCodex } from './findCodex.ts'

const rememberedForMs = 60_000

/** Finds codex by the environment and the setting of the moment. Looking starts a login shell, so that what was found holds for a minute. */
export function createCodexFinder(env: NodeJS.ProcessEnv, readSetting: () => string | null): () => Promise<FoundCodex> {
  let answer: Promise<FoundCodex> | null = null
  let askedWith: string | null = null
  let askedAt = 0
  return () => {
    const setting = readSetting()
    if (!answer || setting !== askedWith || Date.now() - askedAt > rememberedForMs) {
      answer = findCodex({ env, setting })
      askedWith = setting
      askedAt = Date.now()
    }
    return answer
  }
}
