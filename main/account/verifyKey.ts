const answerTimeoutMs = 10_000

export interface Verdict {
  isValid: boolean
  message: string
}

/** Asks OpenAI whether it knows the key. What goes wrong is told in a sentence, and never with the key. */
export async function verifyKey(
  key: string,
  { openaiOrigin, fetch }: { openaiOrigin: string; fetch: typeof globalThis.fetch },
): Promise<Verdict> {
  try {
    const { status } = await fetch(`${openaiOrigin}/v1/models`, {
      headers: { authorization: `Bearer ${key}` },
      redirect: 'error',
      signal: AbortSignal.timeout(answerTimeoutMs),
    })
    return { isValid: status === 200, message: describe(status) }
  } catch {
    return { isValid: false, message: 'OpenAI could not be reached. Check the network, then try again.' }
  }
}

function describe(status: number): string {
  if (status === 200) return 'OpenAI knows the key.'
  if (status === 401)
    return 'OpenAI does not know this key. Copy it anew from platform.openai.com, or make another one.'
  if (status === 403) return 'OpenAI knows the key, but it may not use the API from here or for this.'
  if (status === 429) return 'OpenAI knows the key, but its quota or rate is used up.'
  return `OpenAI answered with status ${status}. Try again later.`
}
